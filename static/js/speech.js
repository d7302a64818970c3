/* The page of a speech: finding in it, walking through hits and sections, links to copy. All of it works without. */
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const article = $("article");
  const text = $(".text");
  const find = $("#find");
  const field = $("input", find);
  const said = $("[data-said]", find);
  const place = $("[data-place]", find);

  /* Find: letters of the text and of what is sought, folded alike; marks inside a sentence do not count. */
  const same = new Map();
  const letters = [...field.dataset.letters];
  letters.forEach((letter, n) => n % 2 || same.set(letter, letters[n + 1]));
  const fold = (letter) => {
    if (!same.has(letter)) {
      const [plain] = letter.normalize("NFKC").normalize("NFD");
      same.set(letter, /[\p{L}\p{N}]/u.test(plain) ? same.get(plain) || plain.toLowerCase() : /[。？！?!*×]/.test(letter) ? "\n" : "");
    }
    return same.get(letter);
  };
  let read = null;
  const index = () => {
    let string = "";
    const spots = [];
    const shown = { acceptNode: (node) => (node.parentElement.closest(".no, .also, .moved, .copy, .visually-hidden") ? 2 : 1) };
    for (const block of [...all("header > h1, header > p > [lang]", article), ...all("p, h2, h3, h4, h5, h6", text)]) {
      const walker = document.createTreeWalker(block, 4, shown);
      for (let node; (node = walker.nextNode()); ) {
        let at = 0;
        for (const letter of node.data) {
          const start = at;
          at += letter.length;
          for (const unit of fold(letter).split("")) {
            string += unit;
            spots.push([node, start, at]);
          }
        }
      }
      string += "\n";
      spots.push(null);
    }
    return { string, spots };
  };
  const stand = (sought) => {
    const found = [];
    const { string, spots } = (read ??= index());
    for (let at = string.indexOf(sought); sought && at >= 0; at = string.indexOf(sought, at + 1)) {
      const range = new Range();
      range.setStart(spots[at][0], spots[at][1]);
      const end = spots[at + sought.length - 1];
      range.setEnd(end[0], end[2]);
      found.push(range);
    }
    return found;
  };

  /* Hits are the server's marks until something else is sought. */
  let hits = all("mark[id^='hit-']");
  let current = 0;
  const live = globalThis.Highlight && CSS.highlights;
  const show = () => {
    place.textContent = current ? `${current} / ${hits.length}` : hits.length || "";
    $(".step", find).hidden = !hits.length;
  };
  const step = (change) => {
    if (!hits.length) return;
    current = current ? ((current - 1 + change + hits.length) % hits.length) + 1 : change > 0 ? 1 : hits.length;
    const hit = hits[current - 1];
    if (hit.id) location.hash = hit.id;
    else {
      live.set("here", new Highlight(hit));
      hit.startContainer.parentElement.scrollIntoView({ block: "nearest" });
      scrollBy(0, hit.getBoundingClientRect().top - innerHeight / 3);
    }
    show();
  };
  const seek = () => {
    article.classList.add("sought");
    find.classList.add("asked");
    $(".first", find)?.remove();
    hits = stand([...field.value].map(fold).join("").trim());
    current = 0;
    live.set("found", new Highlight());
    hits.forEach((hit) => live.get("found").add(hit)); // too many to be arguments
    live.delete("here");
    said.textContent = field.value.trim() && !hits.length ? field.dataset.none : "";
    show();
  };
  const follow = () => {
    const match = /^#hit-(\d+)$/.exec(location.hash);
    if (match && hits[0]?.id) current = Number(match[1]);
    show();
  };
  if ($(".first", find)) $(".first", find).hidden = true;
  all("[data-step]", find).forEach((button) => button.addEventListener("click", () => step(current ? Number(button.dataset.step) : 1)));
  let sought = field.value;
  if (live) {
    field.addEventListener("input", (event) => event.isComposing || seek());
    field.addEventListener("compositionend", seek);
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value !== sought) seek();
      sought = field.value;
      step(1);
    });
  }
  /* Out of the field, with what it found still marked: n and p go on from there. */
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    field.blur();
  });
  addEventListener("hashchange", follow);
  follow();
  const focusFind = () => {
    field.focus();
    field.select();
  };

  /* Sections: where the reader is, and the ones before and after. */
  const links = all(".contents a");
  const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
  const here = () => sections.findLastIndex((section) => section.getBoundingClientRect().top < innerHeight / 4);
  const walk = (change) => {
    const next = sections[here() + change];
    if (next) location.hash = next.id;
  };
  const nav = $(".contents");
  addEventListener("scrollend", () => {
    const top = links[here()]?.offsetTop;
    const seen = top > nav?.scrollTop && top < nav.scrollTop + nav.clientHeight - 64;
    if (top && !seen && nav.scrollHeight > nav.clientHeight) nav.scrollTop = top - nav.clientHeight / 2;
  });
  if (!CSS.supports("scroll-target-group: auto")) {
    const spy = () => links.forEach((link, n) => (n === here() ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    const observer = new IntersectionObserver(spy, { rootMargin: "0px 0px -75% 0px" });
    sections.forEach((section) => observer.observe(section));
  }

  /* A link to copy beside the number of a paragraph. */
  const copy = $(".copy");
  const name = copy.textContent;
  const beside = ({ target }) => {
    const number = target.closest?.(".text :is(p, h2, h3, h4, h5, h6)")?.querySelector(":scope > .no");
    if (!number || number.nextSibling === copy) return;
    copy.textContent = name;
    copy.hidden = false;
    number.after(copy);
  };
  text.addEventListener("pointerover", (event) => event.pointerType === "mouse" && beside(event));
  text.addEventListener("focusin", beside);
  copy.addEventListener("click", async () => {
    const url = location.origin + location.pathname + copy.previousSibling.hash;
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      // No permission, or no https: the old way.
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: url }));
      area.select();
      document.execCommand("copy");
      area.remove();
      copy.focus();
    }
    $(".tools ~ [role=status]").textContent = copy.textContent = copy.dataset.done;
  });

  /* Keys, and the tools that need a script. shell.js lets none through that is typed or switched off. */
  const keys = {
    f: focusFind,
    n: () => step(1),
    p: () => step(-1),
    j: () => walk(1),
    k: () => walk(-1),
    t: () => {
      const details = $(".contents details");
      if (details) details.open = true;
      links[Math.max(0, here())]?.focus();
    },
    "[": () => $("a[rel=prev]")?.click(),
    "]": () => $("a[rel=next]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), select, textarea, dialog")) return;
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  const close = (event) =>
    all(".tools details[open]").forEach((menu) => {
      const inside = menu.contains(event.target);
      if (event.key ? event.key !== "Escape" : inside) return;
      menu.open = false;
      if (inside) $("summary", menu).focus();
    });
  document.addEventListener("click", close);
  document.addEventListener("keydown", close);
  $("[data-find]").addEventListener("click", (event) => {
    event.preventDefault();
    focusFind();
  });
  const print = $("[data-print]");
  print.parentElement.hidden = false;
  print.addEventListener("click", () => globalThis.print());
})();
