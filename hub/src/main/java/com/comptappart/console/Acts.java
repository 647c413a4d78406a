package com.comptappart.console;

import com.comptappart.kernel.Refused;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Does what a form asked for and goes back to its page, which says how it went. */
final class Acts {

    private Acts() {}

    /**
     * @param doneWords the key of the text that says what was done
     */
    static String done(RedirectAttributes flash, String doneWords, String back, Runnable act) {
        try {
            act.run();
            flash.addFlashAttribute("done", doneWords);
        } catch (Refused refused) {
            flash.addFlashAttribute("refused", refused.detail());
        }
        return "redirect:" + back;
    }
}
