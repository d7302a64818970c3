// /compare/ is complete without this: it lights a passage wherever it stands, brings twins to one line,
// and walks by keys: j k passages, [ ] sections, u what only one says, f what becomes of formulas.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const items = all(".list li[data-f]");
  const changes = all(".versions [id]");
  const said = document.querySelector(".where-now");
  const wide = matchMedia("(min-width: 48rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const visits = new Map();
  let now = -1;
  let stretch = -1;
  let quiet = 0;
  let column = document.querySelector(".pane.text");

  const families = (element) => (element?.closest?.("[data-f]")?.dataset.f || "").split(" ").filter(Boolean);

  const targetOf = (link) => document.getElementById(link.getAttribute("href").slice(1));

  function light(wanted) {
    const found = wanted.length ? all("[data-f]").filter((e) => families(e).includes(wanted[0])) : [];
    all(".lit, .now").forEach((e) => e.classList.remove("lit", "now"));
    found.forEach((e) => e.classList.add(e.localName === "li" ? "now" : "lit"));
  }

  // The address of a passage, or else of the place, can be copied from the window's own line.
  const name = (family, place) => {
    const listed = document.getElementById(`p-${family}`) || place;
    if (listed) history.replaceState(null, "", `#${listed.id}`);
  };

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

  // On a desk the panes fill the window before anything moves in them.
  function settle() {
    const panes = document.querySelector(".panes");
    if (wide.matches && panes && panes.getBoundingClientRect().top > 120) panes.scrollIntoView({ block: "start" });
  }

  const third = (target) => {
    const pane = target.closest(".pane").getBoundingClientRect();
    return Math.max(pane.top, 0) + Math.min(pane.height, innerHeight) / 3;
  };

  // Where a mark leads: to its twin, and each time that it is followed again to the next place over there.
  function twinOf(link) {
    const [family] = families(link);
    const twin = link.getAttribute("href");
    const others = all(`#p-${family} .at a`).map((a) => a.getAttribute("href")).filter((a) => a[1] === twin[1]);
    if (!link.closest(".text mark") || others.length < 2) return targetOf(link);
    const visit = visits.get(link) || 0;
    visits.set(link, visit + 1);
    const at = (Math.max(others.indexOf(twin), 0) + visit) % others.length;
    if (said) said.textContent = said.dataset.said.replace("{k}", at + 1).replace("{n}", others.length);
    return document.getElementById(others[at].slice(1));
  }

  // The twin comes to the line of the link.
  function follow(link, event) {
    const target = twinOf(link);
    if (!target || !target.closest(".text")) return;
    event.preventDefault();
    const mark = link.closest(".text mark");
    const wanted = families(mark || link);
    name(wanted[0], target);
    const line = mark ? mark.getBoundingClientRect().top : third(target);
    const missing = scrollTo(target, line);
    if (mark && missing) scrollTo(mark, line + missing);
    if (link.closest(".ribbon")) {
      const other = targetOf(target.querySelector("a"));
      scrollTo(other, third(other));
    }
    target.querySelector("a")?.focus({ preventScroll: true });
    light(wanted);
  }

  // A passage of the list, and its first place in both columns.
  function show(item) {
    now = items.indexOf(item);
    settle();
    light(families(item));
    item.scrollIntoView({ block: "nearest" });
    ["a", "b"].forEach((side) => {
      const link = item.querySelector(`.at a[href^="#${side}"]`);
      const target = link && targetOf(link);
      if (target && wide.matches) scrollTo(target, third(target));
    });
  }

  function step(by) {
    const walk = changes.length ? changes : items;
    if (!walk.length) return;
    now = Math.min(Math.max(now + by, 0), walk.length - 1);
    if (walk === changes) {
      all(".lit").forEach((e) => e.classList.remove("lit"));
      walk[now].classList.add("lit");
      walk[now].scrollIntoView({ block: "center" });
      return;
    }
    name(families(walk[now])[0]);
    show(walk[now]);
  }

  // The section after (or before) the one at the upper edge of the column that was used last.
  function section(by) {
    const sections = column ? all(":scope > section[id]", column) : [];
    if (!sections.length) return;
    settle();
    const edge = wide.matches ? column.getBoundingClientRect().top + 60 : 60;
    const here = sections.findLastIndex((e) => e.getBoundingClientRect().top <= edge + 4);
    const target = sections[Math.min(Math.max(here + by, 0), sections.length - 1)];
    if (wide.matches) scrollTo(target, edge);
    else target.scrollIntoView();
  }

  // What only one says: the stretches of that view, or else the paragraphs without a mark.
  function unique() {
    if (!column) return;
    const marked = all(".own[id]", column);
    const plain = () => all("p", column).filter((p) => p.textContent.length > 20 && !p.querySelector("mark"));
    const found = marked.length ? marked : plain();
    if (!found.length) return;
    settle();
    stretch = (stretch + 1) % found.length;
    all(".lit").forEach((e) => e.classList.remove("lit"));
    found[stretch].classList.add("lit");
    const inside = found[stretch].closest("details");
    if (inside) inside.open = true;
    scrollTo(found[stretch], third(found[stretch]));
  }

  // The next of the ways to show formulas.
  function formulas() {
    const ways = all(".formulas > :not(.muted)");
    const next = ways[(ways.findIndex((e) => e.hasAttribute("aria-current")) + 1) % ways.length];
    if (next?.href) location.assign(next.href + location.hash);
  }

  // A passage with where it stands in both, and the address that shows it.
  function cite(button) {
    const number = button.closest("li").dataset.f;
    const address = new URL(`#p-${number}`, location.href);
    const told = () => { said.textContent = said.dataset.copied.replace("{n}", number); };
    navigator.clipboard.writeText(`${button.dataset.cite}\n${address}\n`).then(told, () => {});
  }

  function arrive() {
    const item = document.getElementById(location.hash.slice(1));
    if (!item || !items.includes(item)) return;
    document.querySelector(".panes")?.scrollIntoView({ block: "start" });
    show(item);
  }

  // Where in each text the reader is, on the map.
  function box(rect) {
    const pane = document.getElementById(rect.dataset.of);
    const parts = all(":scope > section", pane);
    if (!wide.matches || !parts.length) return;
    const upper = parts[0].offsetTop;
    const whole = parts.at(-1).offsetTop + parts.at(-1).offsetHeight - upper;
    const from = Math.min(Math.max(pane.scrollTop / whole, 0), 1);
    const to = Math.min((pane.scrollTop + pane.clientHeight - upper) / whole, 1);
    const width = rect.ownerSVGElement.viewBox.baseVal.width;
    rect.setAttribute("x", from * width);
    rect.setAttribute("width", Math.max(to - from, 0.002) * width);
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "[": () => section(-1),
    "]": () => section(1),
    u: unique,
    f: formulas,
  };

  // What scrolls under a resting pointer is not pointed at.
  document.addEventListener("pointerover", (event) => {
    const found = families(event.target);
    if (found.length && event.timeStamp > quiet) light(found);
  });
  for (const kind of ["focusin", "pointerdown"]) {
    document.addEventListener(kind, (event) => {
      const used = event.target.closest?.(".pane.text");
      if (used && used !== column) [column, stretch] = [used, -1];
    });
  }
  document.addEventListener("focusin", (event) => {
    if (event.target.closest?.(".panes [data-f]")) light(families(event.target));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('.panes a[href^="#"], .ribbon a');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) follow(link, event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    keys[event.key]?.();
  });
  all(".ribbon .view").forEach((rect) => {
    const pane = document.getElementById(rect.dataset.of);
    pane.addEventListener("scroll", () => requestAnimationFrame(() => box(rect)), { passive: true });
    addEventListener("resize", () => box(rect));
    box(rect);
  });
  addEventListener("hashchange", arrive);
  addEventListener("load", () => requestAnimationFrame(arrive)); // after the browser has gone there itself
  if (navigator.clipboard && said) {
    all(".cite").forEach((e) => { e.hidden = false; });
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(".cite");
      if (button) cite(button);
    });
  }
  all(".keys").forEach((e) => { e.hidden = false; });
})();
