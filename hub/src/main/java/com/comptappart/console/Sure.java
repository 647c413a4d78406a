package com.comptappart.console;

import java.util.List;
import org.springframework.ui.Model;

/**
 * A page that says what an act will do, before it is done.
 *
 * @param effects what will happen, a sentence each
 * @param action where the form goes
 */
record Sure(String title, List<String> effects, String action, String button, String back) {
    Sure {
        effects = List.copyOf(effects);
    }

    String asked(Model model) {
        model.addAttribute("sure", this);
        return "console/sure";
    }
}
