// Completions for the search bar: a combobox with a listbox (WAI-ARIA APG). Without this file the
// bar is a plain form.
"use strict";
document.querySelectorAll("form[data-suggest]").forEach((form) => {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const said = document.createElement("span");
  let rows = [], active = -1, timer, asked, typed = input.value;
  list.id = `${input.id}-goi-y`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  said.className = "hidden";
  said.setAttribute("role", "status");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
  form.append(list, said);

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const row = list.children[active];
    input.value = row ? rows[active].value : typed;
    if (!row) return input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  };
  const take = (at) => {
    input.value = rows[at].value;
    close();
    form.requestSubmit();
  };
  const show = (found) => {
    rows = found;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...rows.map((row, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = row.value;
      if (row.hint) {
        const hint = document.createElement("span");
        hint.textContent = row.hint;
        item.append(" ", hint);
      }
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(at); });
      return item;
    }));
    list.hidden = !rows.length;
    input.setAttribute("aria-expanded", String(rows.length > 0));
    said.textContent = rows.length ? `${rows.length} ${form.dataset.some}` : form.dataset.none;
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
    } catch { /* typed on, or no network: the form works as it is */ }
  };
  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    if (typed.trim().length < 2) { asked?.abort(); said.textContent = ""; close(); return; }
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      mark(-1);
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && rows.length) {
      event.preventDefault();
      if (list.hidden) { list.hidden = false; input.setAttribute("aria-expanded", "true"); }
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(active + step < -1 ? rows.length - 1 : active + step >= rows.length ? -1 : active + step);
    }
  });
  input.addEventListener("blur", () => { clearTimeout(timer); asked?.abort(); close(); });
});
