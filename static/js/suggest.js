/* Suggestions under each field with data-suggest="address": an ARIA 1.2 combobox. */
(() => {
  const make = (tag, attributes, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };

  const attach = (input, number) => {
    const id = `suggestions-${number}`;
    const name = input.getAttribute("aria-label") ?? input.labels[0].textContent;
    const list = make("ul", { id, role: "listbox", class: "suggestions", "aria-label": name, hidden: "" });
    let found = [];
    let active = -1;
    let asked = null;
    let timer = 0;

    const mark = (index) => {
      active = index;
      [...list.children].forEach((option, n) => option.setAttribute("aria-selected", n === index));
      if (index < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", `${id}-${index}`);
        list.children[index].scrollIntoView({ block: "nearest" });
      }
    };
    const show = (items) => {
      found = items;
      list.replaceChildren(
        ...found.map(({ text, label }, n) => {
          const option = make("li", { id: `${id}-${n}`, role: "option" });
          option.append(make("span", {}, text), make("span", { class: "muted" }, label));
          return option;
        }),
      );
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", !list.hidden);
      mark(-1);
    };
    const close = () => {
      clearTimeout(timer);
      asked?.abort();
      show([]);
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const { signal } = asked;
      const query = input.value.trim();
      if (!query) return show([]);
      try {
        const response = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(query)}`, { signal });
        const items = response.ok ? (await response.json()).suggestions : [];
        if (!signal.aborted && document.activeElement === input) show(items);
      } catch {
        // Overtaken by the next key, or no network.
      }
    };
    const askSoon = (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, 120); // milliseconds
    };
    const choose = ({ text, kind, url }) => {
      close();
      if (kind !== "term" && kind !== "formula") return location.assign(url);
      input.value = text;
      input.form.requestSubmit(); // with its filters
    };
    const keys = {
      ArrowDown: () => (found.length ? mark((active + 1) % found.length) : ask()),
      ArrowUp: () => found.length && mark((active < 1 ? found.length : active) - 1),
      Escape: () => (found.length ? close() : false),
      Enter: () => (active < 0 ? close() ?? false : choose(found[active])),
    };

    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    })) input.setAttribute(name, value);
    input.after(list);
    input.addEventListener("input", askSoon);
    input.addEventListener("compositionend", askSoon);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      // 229: in Safari the Enter that ends a composition comes after it.
      if (event.isComposing || event.keyCode === 229) return;
      if (keys[event.key]) {
        if (keys[event.key]() !== false) event.preventDefault();
      } else if (event.key?.length > 1 && active >= 0) mark(-1); // Home and End move in the text
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(found[[...list.children].indexOf(option)]);
    });
  };

  document.querySelectorAll("[data-suggest]").forEach(attach);
})();
