"use strict";
(() => {
  const form = document.querySelector("form");
  if (!form) return;
  const cards = [...document.querySelectorAll("article[data-severity]")];
  const output = form.querySelector("output");
  const apply = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map(box => box.value));
    const settled = form.elements.settled ? form.elements.settled.checked : true;
    let shown = 0;
    for (const card of cards) {
      const text = words.length ? card.textContent.toLowerCase() : "";
      const fits = severities.has(card.dataset.severity)
        && (settled || card.dataset.status === "open")
        && words.every(word => text.includes(word));
      card.hidden = !fits;
      if (fits) shown++;
    }
    output.value = shown + " of " + cards.length;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  apply();
})();
