// /compare/ is complete without this: it lights a passage wherever it stands, brings twins to one line,
// and walks through the list by j and k.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const items = all(".list li");
  const changes = all(".versions [id]");
  const wide = matchMedia("(min-width: 48rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let now = -1;
  let quiet = 0;

  const families = (element) => (element?.closest?.("[data-f]")?.dataset.f || "").split(" ").filter(Boolean);

  const targetOf = (link) => document.getElementById(link.getAttribute("href").slice(1));

  function light(wanted) {
    const found = wanted.length ? all("[data-f]").filter((e) => families(e).includes(wanted[0])) : [];
    all(".lit, .now").forEach((e) => e.classList.remove("lit", "now"));
    found.forEach((e) => e.classList.add(e.localName === "li" ? "now" : "lit"));
  }

  // Puts the target on the line; returns how far from it the pane's ends keep it.
  function scrollTo(target, line) {
    const pane = target.closest(".pane");
    if (!wide.matches || !pane) {
      target.scrollIntoView({ block: "center" });
      return 0;
    }
    quiet = performance.now() + 900;
    const wanted = pane.scrollTop + target.getBoundingClientRect().top - line;
    const top = Math.min(Math.max(wanted, 0), pane.scrollHeight - pane.clientHeight);
    pane.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
    return wanted - top;
  }

  // The twin comes to the line of the link.
  function follow(link, event) {
    const target = targetOf(link);
    if (!target || !target.closest(".text")) return;
    event.preventDefault();
    history.replaceState(null, "", `#${target.id}`);
    const mark = link.closest(".text mark");
    const pane = target.closest(".pane").getBoundingClientRect();
    const line = mark ? mark.getBoundingClientRect().top : pane.top + pane.height / 3;
    const missing = scrollTo(target, line);
    if (mark && missing) scrollTo(mark, line + missing);
    if (link.closest(".ribbon")) {
      const other = targetOf(target.querySelector("a"));
      scrollTo(other, other.closest(".pane").getBoundingClientRect().top + pane.height / 3);
    }
    target.querySelector("a")?.focus({ preventScroll: true });
    light(families(mark || link));
  }

  function step(by) {
    const walk = changes.length ? changes : items;
    if (!walk.length) return;
    now = Math.min(Math.max(now + by, 0), walk.length - 1);
    const item = walk[now];
    if (walk === changes) {
      all(".lit").forEach((e) => e.classList.remove("lit"));
      item.classList.add("lit");
      item.scrollIntoView({ block: "center" });
      return;
    }
    light(families(item));
    item.scrollIntoView({ block: "nearest" });
    ["a", "b"].forEach((side) => {
      const link = item.querySelector(`a[href^="#${side}"]`);
      const target = link && targetOf(link);
      const pane = target?.closest(".pane").getBoundingClientRect();
      if (target && wide.matches) scrollTo(target, pane.top + pane.height / 3);
    });
  }

  // What scrolls under a resting pointer is not pointed at.
  document.addEventListener("pointerover", (event) => {
    const found = families(event.target);
    if (found.length && event.timeStamp > quiet) light(found);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.closest?.(".panes [data-f]")) light(families(event.target));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('.panes a[href^="#"], .ribbon a');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) follow(link, event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  all(".keys").forEach((e) => { e.hidden = false; });
})();
