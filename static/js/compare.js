// Enhances /compare/, which is complete without it: pointing at a passage lights it wherever it stands,
// following one puts its twin on the same line of the other column, j and k walk through the list.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const items = all(".list li");
  const changes = all(".versions [id]");
  const wide = matchMedia("(min-width: 48rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let now = -1;

  const families = (element) => (element?.closest("[data-f]")?.dataset.f || "").split(" ").filter(Boolean);

  const targetOf = (link) => document.getElementById(link.getAttribute("href").slice(1));

  function light(wanted) {
    const found = wanted.length ? all("[data-f]").filter((e) => families(e).includes(wanted[0])) : [];
    all(".lit, .now").forEach((e) => e.classList.remove("lit", "now"));
    found.forEach((e) => e.classList.add(e.localName === "li" ? "now" : "lit"));
  }

  // Scrolls a pane so that the target stands on the line; returns how far from it the pane's ends keep it.
  function scrollTo(target, line) {
    const pane = target.closest(".pane");
    if (!wide.matches || !pane) {
      target.scrollIntoView({ block: "center" });
      return 0;
    }
    const wanted = pane.scrollTop + target.getBoundingClientRect().top - line;
    const top = Math.min(Math.max(wanted, 0), pane.scrollHeight - pane.clientHeight);
    pane.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
    return wanted - top;
  }

  // Follow a link inside the panes: the twin comes to the line of the link, or both to the middle.
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
    light(families(mark || link));
    target.querySelector("a")?.focus({ preventScroll: true });
  }

  function step(by) {
    if (changes.length) {
      now = Math.min(Math.max(now + by, 0), changes.length - 1);
      all(".lit").forEach((e) => e.classList.remove("lit"));
      changes[now].classList.add("lit");
      return changes[now].scrollIntoView({ block: "center" });
    }
    if (!items.length) return;
    now = Math.min(Math.max(now + by, 0), items.length - 1);
    const item = items[now];
    light(families(item));
    item.scrollIntoView({ block: "nearest" });
    ["a", "b"].forEach((side) => {
      const link = item.querySelector(`a[href^="#${side}"]`);
      const target = link && targetOf(link);
      const pane = target?.closest(".pane").getBoundingClientRect();
      if (target && wide.matches) scrollTo(target, pane.top + pane.height / 3);
    });
  }

  document.addEventListener("pointerover", (event) => {
    if (event.target.closest?.(".panes, .ribbon")) light(families(event.target));
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
