// Passkeys. Forms that need them stay hidden in a browser that has none; nothing else depends on this file.
"use strict";
(() => {
    const api = window.PublicKeyCredential;
    if (!api || !api.parseCreationOptionsFromJSON || !api.parseRequestOptionsFromJSON || !api.prototype.toJSON) {
        return;
    }
    const answer = async (form) => {
        const asked = await fetch(form.dataset.options, {
            method: "POST",
            body: new URLSearchParams({_csrf: form.elements._csrf.value})
        });
        if (!asked.ok) {
            throw new Error("HTTP " + asked.status);
        }
        const options = await asked.json();
        return form.dataset.passkey === "create"
            ? navigator.credentials.create({publicKey: api.parseCreationOptionsFromJSON(options)})
            : navigator.credentials.get({publicKey: api.parseRequestOptionsFromJSON(options)});
    };
    for (const form of document.querySelectorAll("form[data-passkey]")) {
        const problem = form.querySelector("[role=alert]");
        form.hidden = false;
        form.addEventListener("submit", async (event) => {
            event.preventDefault();
            problem.hidden = true;
            try {
                form.elements.key.value = JSON.stringify(await answer(form));
                form.submit();
            } catch {
                problem.hidden = false;
                problem.focus();
            }
        });
    }
})();
