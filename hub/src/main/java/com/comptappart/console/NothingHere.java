package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Claims the console's addresses that no page has, so that their readers get a page too. */
@Controller
@May(Act.OWN)
class NothingHere {

    @RequestMapping("/console/{word:(?!static$).*}/**")
    String nothing() {
        throw Refused.notFound("page_not_found", "no page has this address");
    }
}
