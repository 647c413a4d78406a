// Shows the buttons that copy the text of another element; without JavaScript it is selected by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
        try {
            await navigator.clipboard.writeText(source.textContent);
        } catch {
            // No clipboard outside https: the old way.
            getSelection().selectAllChildren(source);
            document.execCommand("copy");
        }
        const word = button.textContent;
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = word; }, 2000);
    });
}
