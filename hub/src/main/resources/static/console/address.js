// Checks the address of an endpoint as soon as it is typed; without JavaScript a button does the same.
const field = document.querySelector("input[data-check]");
let asked = 0;
field?.addEventListener("change", async () => {
    if (!field.value || !field.checkValidity()) {
        return;
    }
    const mine = ++asked;
    const typed = new URLSearchParams(new FormData(field.form));
    typed.set("act", "verifier");
    try {
        const answer = await fetch(field.form.action, { method: "POST", body: typed });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.getElementById("url-check");
        if (mine === asked && found) {
            document.getElementById("url-check").replaceChildren(...found.childNodes);
        }
    } catch {
        // The button is still there.
    }
});
