// While somebody writes: the documents that his words name, with their status. Enhancement only:
// the links are put on when the page is shown.
"use strict";
(() => {
  const form = document.querySelector("form[data-edit-form]");
  const start = document.getElementById("dan-chieu-nguon");
  if (!form || !start) return;
  const box = document.createElement("div");
  box.setAttribute("aria-live", "polite");
  box.className = "nice-padding citations";
  form.append(box);
  // Draftail keeps its text as JSON in a hidden field; other fields say it plainly.
  const words = (field) => {
    if (field.type !== "hidden") return field.value;
    if (!field.value.startsWith('{"blocks"')) return "";
    try { return JSON.parse(field.value).blocks.map((block) => block.text).join("\n"); } catch { return ""; }
  };
  const said = () => [...form.querySelectorAll("textarea, input[type=text], input[type=hidden]")].map(words)
    .filter((text) => /\d|uật/.test(text)).join("\n").slice(0, 60000);
  let before = "", timer, running;
  const look = async () => {
    const text = said();
    if (text === before) return;
    before = text;
    running?.abort();
    running = new AbortController();
    const body = new FormData();
    body.append("text", text);
    try {
      const answer = await fetch(start.dataset.url, { method: "POST", body, signal: running.signal, headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value } });
      if (answer.ok) box.innerHTML = await answer.text();
    } catch { /* the next change asks again */ }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(look, 1200); };
  for (const event of ["input", "keyup", "focusout", "change"]) form.addEventListener(event, soon);
  box.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    event.preventDefault();
    try { await navigator.clipboard.writeText(new URL(button.dataset.copy, location.origin).href); button.textContent = button.dataset.done; }
    catch { window.prompt(button.textContent, button.dataset.copy); }
  });
  soon();
})();
