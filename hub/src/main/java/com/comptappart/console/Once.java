package com.comptappart.console;

import org.springframework.ui.Model;

/**
 * A page that shows a secret and keeps it nowhere: it is the answer to the form, and gone with it.
 */
record Once(String title, String text, String value, String back) {

    String shown(Model model) {
        model.addAttribute("once", this);
        return "console/once";
    }

    /** Without the value, since it may be logged. */
    @Override
    public String toString() {
        return "Once[" + title + "]";
    }
}
