package com.comptappart.webhook;

import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import java.util.List;

/** Pages of lists in the order of their rows' positions. */
final class Cursor {

    /** A thing and where it stands. */
    record At<T>(T thing, long position) {}

    private Cursor() {}

    /**
     * @throws Refused when the cursor is none of ours
     */
    static long position(PageRequest page, long without) {
        String after = page.after();
        if (after == null) {
            return without;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Refused.invalid(
                    "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
        }
        return Long.parseLong(after);
    }

    /**
     * @param found one more than the page's limit where there is a next page
     */
    static <T> Page<T> page(List<At<T>> found, PageRequest page) {
        boolean more = found.size() > page.limit();
        var shown = more ? found.subList(0, page.limit()) : found;
        return new Page<>(
                shown.stream().map(At::thing).toList(),
                more ? Long.toString(shown.getLast().position()) : null);
    }

    /** A page of a list that grows at its end: always says where to go on, even when empty. */
    static <T> Page<T> feed(List<At<T>> found, PageRequest page) {
        var shown = page(found, page);
        return shown.data().isEmpty()
                ? new Page<>(List.of(), page.after())
                : new Page<>(
                        shown.data(), Long.toString(found.get(shown.data().size() - 1).position()));
    }
}
