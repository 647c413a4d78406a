// Puts a chosen file into the text field as base64, which is what the form sends; without JavaScript it is pasted.
for (const chooser of document.querySelectorAll("input[type=file][data-into]")) {
    const field = document.getElementById(chooser.dataset.into);
    chooser.hidden = false;
    chooser.addEventListener("change", () => {
        const file = chooser.files[0];
        if (!file) return;
        const reader = new FileReader();
        reader.addEventListener("load", () => { field.value = reader.result.slice(reader.result.indexOf(",") + 1); });
        reader.readAsDataURL(file);
    });
}
