// Keeps an open page up to date; without JavaScript, its link "refresh" does.
const place = document.querySelector("[data-live]");
if (place) {
    const source = new EventSource(place.dataset.live);
    const put = (within, name, text) => {
        const found = within.querySelector("[data-" + name + "]");
        if (found && found.textContent !== text) found.textContent = text;
    };
    const badge = (within, data) => {
        const made = document.querySelector("template[data-tone=" + data.tone + "]").content.cloneNode(true);
        made.firstElementChild.lastElementChild.textContent = data.word;
        within.querySelector("[data-state]").replaceChildren(made);
    };
    source.addEventListener("state", event => {
        const data = JSON.parse(event.data);
        const row = place.querySelector('[data-row="' + data.id + '"]');
        if (!row) return;
        badge(row, data);
        put(row, "next", data.next);
        put(row, "answer", data.answer);
        put(row, "tries", data.tries);
    });
    source.addEventListener("fresh", event => {
        const note = place.querySelector("[data-fresh]");
        note.lastElementChild.textContent = JSON.parse(event.data).text;
        note.hidden = false;
    });
    source.addEventListener("progress", event => {
        const data = JSON.parse(event.data);
        badge(document, data);
        const bar = place.querySelector("progress");
        bar.max = data.wanted;
        bar.value = data.done;
        put(place, "progress", data.text);
        put(place, "remaining", data.remaining);
        put(place, "reason", data.reason);
        if (data.ended) {
            source.close();
            location.reload();
        }
    });
    addEventListener("pagehide", () => source.close());
}
