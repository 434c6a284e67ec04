// Makes passkeys and signs in by them: asks the server what to sign, asks the browser, and sends the answer as a form.
"use strict";

async function options(path) {
  const answer = await fetch(path, { method: "POST", headers: { "X-CSRF-TOKEN": document.body.dataset.csrf } });
  if (!answer.ok) throw new Error("The server answered " + answer.status);
  return answer.json();
}

async function create() {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await options("/account/passkeys/options"));
  return navigator.credentials.create({ publicKey });
}

async function get() {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await options("/sign-in/passkey/options"));
  return navigator.credentials.get({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const credential = await (form.dataset.passkey === "create" ? create() : get());
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (failure) {
      document.getElementById("announcer").textContent = failure.message;
      form.querySelector(".wrong").textContent = failure.message;
    }
  });
}
