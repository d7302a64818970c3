// Three and more speeches at once are complete without this: it lights a passage in the text and in the list,
// brings one to the other, and walks through the list by j and k.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const items = all(".list li[data-w]");
  const wide = matchMedia("(min-width: 48rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let now = -1;
  let quiet = 0;

  const numbers = (element) => (element?.closest?.("[data-w]")?.dataset.w || "").split(" ").filter(Boolean);

  // The passage wherever it stands, and its line in the list.
  function light(number) {
    all(".lit, .now").forEach((e) => e.classList.remove("lit", "now"));
    if (!number) return;
    all("[data-w]").filter((e) => numbers(e).includes(number))
      .forEach((e) => e.classList.add(e.localName === "li" ? "now" : "lit"));
    now = items.findIndex((item) => item.dataset.w === number);
  }

  // Into the upper third of its pane, the page itself stays; on a phone the page moves.
  function bring(target) {
    const pane = target.closest(".pane");
    quiet = performance.now() + 900;
    if (!wide.matches || !pane) {
      target.scrollIntoView({ block: "center" });
      return;
    }
    const line = pane.getBoundingClientRect().top + pane.clientHeight / 4;
    const top = pane.scrollTop + target.getBoundingClientRect().top - line;
    pane.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
  }

  // The list moves no more than it must, and never the page with it, except on a phone.
  function show(item) {
    if (!wide.matches) {
      item.scrollIntoView({ block: "nearest" });
      return;
    }
    const pane = item.closest(".pane");
    const from = pane.querySelector("h2").getBoundingClientRect().bottom;
    const { top, bottom } = item.getBoundingClientRect();
    const below = bottom - pane.getBoundingClientRect().bottom;
    if (top < from) pane.scrollTop += top - from;
    else if (below > 0) pane.scrollTop += Math.min(below, top - from);
  }

  function follow(link, event) {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target || !target.closest(".pane") || target.matches(".pane")) return;
    event.preventDefault();
    history.replaceState(null, "", `#${target.id}`);
    const here = link.closest("li[data-w]");
    light(here && target.localName !== "li" ? here.dataset.w : numbers(target)[0]);
    bring(target);
    if (link.closest(".strip")) document.querySelector(".panes").scrollIntoView();
    if (target.localName === "li") target.tabIndex = -1;
    (target.localName === "li" ? target : target.querySelector("a"))?.focus({ preventScroll: true });
  }

  function step(by) {
    if (!items.length) return;
    const item = items[Math.min(Math.max(now + by, 0), items.length - 1)];
    light(item.dataset.w);
    if (wide.matches) document.querySelector(".panes").scrollIntoView();
    show(item);
    const place = item.querySelector('a[href^="#t"]');
    if (place && wide.matches) bring(document.getElementById(place.getAttribute("href").slice(1)));
  }

  // What scrolls under a resting pointer is not pointed at.
  document.addEventListener("pointerover", (event) => {
    const found = numbers(event.target);
    if (found.length && event.timeStamp > quiet) light(found[0]);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('.panes a[href^="#"], .strip a');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) follow(link, event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  all(".keys").forEach((e) => { e.hidden = false; });
})();
