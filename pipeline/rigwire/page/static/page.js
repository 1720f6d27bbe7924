"use strict";
(() => {
  const list = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const index = (name) => {
    const words = new Map();
    for (const element of all(`[data-${name}]`)) {
      for (const id of list(element, name)) words.set(id, [...(words.get(id) || []), element]);
    }
    return words;
  };
  const own = index("of");
  const sentences = index("in");
  const events = all(".event");

  const clear = () => {
    for (const element of all(".linked, .quoted")) element.classList.remove("linked", "quoted");
  };
  const show = (ids) => {
    clear();
    for (const id of ids) {
      document.getElementById(id)?.classList.add("linked");
      for (const element of own.get(id) || []) element.classList.add("linked");
      for (const element of sentences.get(id) || []) element.classList.add("quoted");
    }
  };
  const idsAt = (target) => {
    const event = target.closest(".event");
    if (event) return [event.id];
    const words = target.closest("mark[data-of]");
    return words ? list(words, "of") : [];
  };
  const focused = () => document.activeElement && idsAt(document.activeElement);

  document.addEventListener("mouseover", ({ target }) => {
    const ids = idsAt(target);
    show(ids.length ? ids : focused() || []);
  });
  document.addEventListener("focusin", ({ target }) => show(idsAt(target)));
  document.addEventListener("focusout", clear);

  document.addEventListener("change", ({ target }) => {
    if (target.dataset.kind) document.body.classList.toggle(`no-${target.dataset.kind}`, !target.checked);
  });

  const step = (event, by) => {
    const next = events[events.indexOf(event) + by];
    if (next) next.focus();
  };
  const toWords = (event) => {
    const element = (own.get(event.id) || sentences.get(event.id) || [])[0];
    if (!element) return;
    element.scrollIntoView({ block: "center" });
    element.querySelector("a")?.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (press) => {
    const event = document.activeElement?.closest(".event");
    const words = document.activeElement?.closest("mark[data-of]");
    if (press.key === "Escape" && words) document.getElementById(list(words, "of")[0])?.focus();
    if (!event) return;
    if (press.key === "ArrowDown" || press.key === "ArrowUp") {
      press.preventDefault();
      step(event, press.key === "ArrowDown" ? 1 : -1);
    } else if (press.key === "Enter" && document.activeElement === event) {
      toWords(event);
    }
  });
})();
