/* The upload page: files go up two at a time, each into a row of its own, and a row is worked on in place.
   Without this script the same forms post everything at once. On the list of speeches: files dropped there go up. */
(() => {
  "use strict";

  const dropped = document.getElementById("drop");
  const choose = document.getElementById("choose");
  const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

  const onDrop = (take) => {
    document.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      document.body.classList.add("dropping");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) document.body.classList.remove("dropping");
    });
    document.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      document.body.classList.remove("dropping");
      take(event.dataTransfer.files);
    });
  };

  if (dropped) {
    onDrop((files) => {
      dropped.querySelector("input[type=file]").files = files;
      dropped.submit();
    });
  }
  if (!choose) return;

  const AT_ONCE = 2;
  const review = document.getElementById("review");
  const files = document.getElementById("files");
  const progress = document.getElementById("progress");
  const save = document.getElementById("save");
  const words = review.dataset;
  const [WAITING, SENDING, READING, FAILED] = words.states.split("|");
  const token = choose.elements.csrfmiddlewaretoken.value;
  const queue = [];
  const count = { all: 0, done: 0, failed: 0, active: 0 };

  const made = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  const tell = () => {
    const sentence = filled(progress.dataset.done, count);
    progress.textContent = count.all ? sentence + (count.failed ? filled(progress.dataset.failed, count) : "") : "";
  };

  /* What the button will do: 保存 11 篇（1 篇跳过）. */
  const recount = () => {
    const chosen = [...files.querySelectorAll("[name$=-choice]:checked")];
    const skipped = chosen.filter((radio) => radio.value === "skip").length;
    const rest = chosen.length - skipped;
    save.textContent = filled(words.save, { n: rest }) + (skipped ? filled(words.skip, { n: skipped }) : "");
    save.parentElement.hidden = !chosen.length;
    review.hidden = !files.children.length;
  };

  /* Files ------------------------------------------------------------------------------------------------- */

  const show = (job, state) => {
    job.row.querySelector(".state").textContent = state;
    job.row.dataset.state = state;
  };

  const rowFor = (name) => {
    const row = made("section", "file pending", "");
    const head = made("h3", "", "");
    head.append(made("span", "name", name), " ", made("span", "state", WAITING));
    row.append(head);
    return row;
  };

  const add = (name, fields, size = 0) => {
    const job = { name, fields, row: rowFor(name) };
    files.append(job.row);
    count.all += 1;
    if (size > choose.dataset.most * 2 ** 20) {
      finish(job, null, choose.dataset.tooLarge);
    } else {
      queue.push(job);
    }
    recount();
    next();
  };

  const next = () => {
    while (count.active < AT_ONCE && queue.length) send(queue.shift());
    tell();
  };

  const send = (job) => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token);
    data.append("action", "upload");
    for (const [name, value] of job.fields) data.append(name, value);
    const request = new XMLHttpRequest();
    request.open("POST", location.pathname);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onload = () => show(job, READING);
    request.onloadend = () => {
      count.active -= 1;
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        /* no answer, or a page: told below */
      }
      finish(job, answer, request.status ? filled(words.refused, { status: request.status }) : words.offline);
      next();
    };
    count.active += 1;
    show(job, SENDING);
    request.send(data);
  };

  const finish = (job, answer, wrong) => {
    const rows = answer?.html ? parsed(answer.html) : new DocumentFragment();
    if (!answer?.html) {
      const row = rowFor(job.name);
      row.className = "file failed";
      row.querySelector(".state").textContent = FAILED;
      row.append(made("p", "why", wrong));
      rows.append(row);
    }
    const failed = [...rows.querySelectorAll(".file.failed")];
    count.done += 1;
    count.failed += failed.length ? 1 : 0;
    const only = rows.querySelectorAll(".file").length === 1;
    for (const row of failed) row.append(remedies(job, row, only));
    job.row.replaceWith(rows);
    recount();
    tell();
  };

  /* A failed file stands still until its editor tries again or takes it away; the others go on. */
  const remedies = (job, row, only) => {
    const buttons = made("p", "buttons", "");
    const button = (text, work) => {
      const made_ = made("button", "quiet", text);
      made_.type = "button";
      made_.append(made("span", "visually-hidden", ` ${job.name}`));
      made_.addEventListener("click", work);
      buttons.append(made_, " ");
    };
    if (only && !row.classList.contains("twin")) {
      button(words.retry, () => {
        count.done -= 1;
        count.failed -= 1;
        job.row = rowFor(job.name);
        row.replaceWith(job.row);
        queue.push(job);
        next();
      });
    }
    button(words.remove, () => {
      row.remove();
      recount();
    });
    return buttons;
  };

  const addFiles = (list) => {
    const encoding = choose.elements.encoding.value;
    for (const file of list) add(file.name, [["file", file], ["encoding", encoding]], file.size);
  };

  const input = choose.elements.file;
  const takeChosen = () => {
    addFiles([...input.files]);
    input.value = "";
  };
  input.addEventListener("change", takeChosen);
  takeChosen(); // what was chosen before this script came
  onDrop(addFiles);
  choose.addEventListener("submit", (event) => {
    const pasted = choose.elements.pasted;
    const given = pasted.value.trim();
    if (!given && !input.files.length && !count.all) return; // the server says what is missing
    event.preventDefault();
    if (given) add(pasted.labels[0].textContent, [["pasted", given]]);
    pasted.value = "";
  });

  /* Rows -------------------------------------------------------------------------------------------------- */

  const fieldsOf = (row) => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token);
    for (const field of row.elements) {
      const off = (field.type === "radio" || field.type === "checkbox") && !field.checked;
      if (field.name && field.type !== "submit" && !off) data.append(field.name, field.value);
    }
    return data;
  };

  const post = (data) =>
    fetch(location.pathname, { method: "POST", body: data, headers: { Accept: "application/json" } });

  const replace = (row, html, order) => {
    const open = [...row.querySelectorAll("details[open]")].map((details) => details.id);
    const fresh = parsed(html).firstElementChild;
    if (!fresh) {
      row.remove();
      save.focus();
    } else {
      row.replaceWith(fresh);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      focusAgain(fresh, order);
    }
    recount();
  };

  const focusAgain = (row, order) => {
    const [pk, action, index] = order.split(":");
    const names = [action, "demote", "promote", "merge", "split"].map((name) => `${pk}:${name}:${index}:`);
    const found = names.map((name) => row.querySelector(`[name=do][value^="${name}"]`)).find(Boolean);
    (found || row.querySelector("input:not([type=hidden])"))?.focus();
  };

  /* The outline of a long list's row comes when it is opened. */
  review.addEventListener("toggle", async (event) => {
    const details = event.target;
    if (!details.open || !details.dataset.more) return;
    const address = details.dataset.more;
    delete details.dataset.more;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const fresh = parsed((await answer.json()).html).getElementById(details.id);
      details.replaceChildren(...fresh.childNodes);
    } catch {
      details.dataset.more = address;
      progress.textContent = words.offline;
    }
  }, true);

  const work = async (button) => {
    const row = button.closest("fieldset");
    const data = fieldsOf(row);
    data.append("do", button.value);
    clearTimeout(row.timer);
    row.setAttribute("aria-busy", "true");
    try {
      const answer = await post(data);
      replace(row, (await answer.json()).html, button.value);
    } catch {
      row.removeAttribute("aria-busy");
      progress.textContent = words.offline;
    }
  };

  review.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "do") {
      event.preventDefault();
      work(button);
    } else if (button?.value === "keep") {
      event.preventDefault(); // the enter key: what was typed is kept already
    } else if (count.active || queue.length) {
      event.preventDefault();
      progress.textContent = words.busy;
    } else {
      for (const row of files.children) clearTimeout(row.timer); // all of it is sent now
    }
  });

  review.addEventListener("change", (event) => {
    const row = event.target.closest("fieldset[data-file]");
    if (!row) return;
    recount();
    clearTimeout(row.timer);
    row.timer = setTimeout(() => {
      const data = fieldsOf(row);
      data.append("action", "keep");
      post(data).catch(() => {
        progress.textContent = words.offline;
      });
    }, 300);
  });

  recount();
})();
