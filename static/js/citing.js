/* Copying references; on the page of a speech also: the page of citing as a dialog (key c), and the link to what is
   selected. Without it the page of citing does all of this. */
(() => {
  const dialog = document.createElement("dialog");
  const opener = document.querySelector("a[data-cite]");
  const pick = document.querySelector(".pick");
  const tell = (region, done) => (region.textContent = region.dataset[done ? "copied" : "failed"]);
  /* Takes texts by type, the plain one perhaps as a promise. Without HTTPS browsers have only the old way. */
  const write = async (texts) => {
    const types = Object.entries(texts);
    try {
      const blobs = types.map(([type, text]) => [type, Promise.resolve(text).then((known) => new Blob([known], { type }))]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      const known = await Promise.all(types.map(async ([type, text]) => [type, await text])).catch(() => []);
      const put = (event) => {
        known.forEach(([type, text]) => event.clipboardData.setData(type, text));
        event.preventDefault();
      };
      document.addEventListener("copy", put);
      const done = known.length > 0 && document.execCommand("copy");
      document.removeEventListener("copy", put);
      return done;
    }
  };

  const copy = async (button) => {
    const root = button.closest("#citing");
    const parts = button.dataset.copy.split(", ").map((name) => root.querySelector(name));
    const text = parts.map((part) => part.value ?? part.textContent).join("\n");
    const italic = parts.some((part) => part.querySelector("i"));
    const html = italic && { "text/html": parts.map((part) => `<p>${part.innerHTML}</p>`).join("") };
    tell(root.querySelector(".said"), await write({ "text/plain": text, ...html }));
  };

  const ready = (root) => root.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = false));

  const open = async (url) => {
    const answer = await fetch(url).catch(() => null);
    const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
    const part = page.getElementById("citing");
    if (!part) return location.assign(url);
    part.querySelectorAll("a[href^='?']").forEach((link) => (link.href = new URL(link.getAttribute("href"), answer.url)));
    part.querySelector("[method=dialog]").hidden = false;
    ready(part);
    dialog.replaceChildren(part);
    if (!dialog.open) return dialog.showModal();
    const news = part.querySelector(".notice") ?? part.querySelector("#reference"); // what had the focus is gone
    if (!news.hasAttribute("tabindex")) news.tabIndex = -1;
    news.focus();
  };

  /* Of what is selected, else of the paragraph in the address, else of all. */
  const here = () => {
    if (!pick.hidden) return pick.querySelector("a").href;
    const at = /^#p(\d+)$/.exec(location.hash);
    return at ? `${opener.href}?p=${at[1]}` : opener.href;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) return copy(button);
    const link = event.target.closest(".styles a, [data-cite]");
    if (!link || !opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link === opener ? here() : link.href);
  });
  ready(document);
  if (!opener) return;

  dialog.className = "citing";
  dialog.setAttribute("aria-label", opener.textContent);
  document.body.append(dialog);
  dialog.addEventListener("submit", (event) => {
    if (event.target.method === "dialog") return;
    event.preventDefault();
    open(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    open(here());
  });

  /* p7.12: a paragraph or the section of a heading, and how many characters of its text come before. */
  const place = (node, offset) => {
    const block = (node.closest ? node : node.parentElement).closest(
      "article section > p[id]:not(.moved), article section > :is(h2, h3, h4, h5, h6)",
    );
    if (!block) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, offset);
    const before = range.cloneContents();
    before.querySelectorAll(".no, .also, .pick, button, .visually-hidden").forEach((other) => other.remove());
    return { block, name: `${block.id || block.parentElement.id}.${[...before.textContent].length}` };
  };

  let fresh = false; // the next Tab leads to what has just appeared, once
  const show = () => {
    const selection = getSelection();
    if (pick.contains(document.activeElement)) return;
    pick.hidden = true;
    if (selection.isCollapsed || !selection.toString().trim()) return;
    const range = selection.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    if (!start || !end) return;
    const asked = `?start=${start.name}&end=${end.name}`;
    pick.dataset.asked = pick.dataset.pick + asked;
    pick.querySelector("a").href = opener.pathname + asked;
    pick.querySelector("[role]").textContent = "";
    const rects = range.getClientRects();
    const last = rects[rects.length - 1];
    start.block.after(pick);
    pick.hidden = false;
    fresh = true;
    const most = document.documentElement.clientWidth - pick.offsetWidth - 8;
    pick.style.left = `${scrollX + Math.max(8, Math.min(last.left, most))}px`;
    pick.style.top = `${scrollY + last.bottom + 6}px`;
  };

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || pick.hidden || !fresh) return;
    fresh = false;
    event.preventDefault();
    pick.querySelector("button").focus();
  });
  pick.addEventListener("mousedown", (event) => event.preventDefault());
  pick.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    getSelection().removeAllRanges();
    document.activeElement.blur();
  });
  pick.querySelector("button").addEventListener("click", async () => {
    const url = fetch(pick.dataset.asked).then(async (answer) => (answer.ok ? (await answer.json()).url : Promise.reject()));
    tell(pick.querySelector("[role]"), await write({ "text/plain": url }));
  });
})();
