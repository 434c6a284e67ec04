// What every page needs beyond HTML: the token against forged requests in htmx's requests, and menus that close.
"use strict";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-TOKEN"] = document.body.dataset.csrf;
});

document.addEventListener("htmx:responseError", (event) => {
  document.getElementById("announcer").textContent = "That failed: " + event.detail.xhr.status;
});

// Where the sections do not fit, the one that we are in is in sight.
document.querySelector(".sections a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

const account = document.querySelector("details.account");
if (account) {
  document.addEventListener("click", (event) => {
    if (!account.contains(event.target)) account.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && account.open) {
      account.open = false;
      account.querySelector("summary").focus();
    }
  });
}
