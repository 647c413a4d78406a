package com.comptappart.console;

/**
 * Whose page a buyer is on. Templates call only methods that are public.
 *
 * @param name the partner's, or the seller's where the page is of all
 * @param word the partner's in addresses, empty where the page is of all
 * @param color six hexadecimal digits, empty where there is none
 * @param contact how to write to the seller, in one line
 */
record Shop(String name, String word, String color, String contact) {

    /** The address of a page, of this shop where there is one. */
    public String url(String page) {
        return word.isEmpty() ? page : page + "?vendeur=" + word;
    }
}
