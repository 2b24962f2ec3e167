// Enhancement only: every page works without this file.
"use strict";
(() => {
  if (matchMedia("(min-width: 60rem)").matches) {
    document.querySelectorAll("[data-open-wide]").forEach((box) => { box.open = true; });
  }
  // A link to the folded contents opens them.
  document.querySelectorAll('a[href="#muc-luc"]').forEach((link) => {
    link.addEventListener("click", () => { document.querySelector("#muc-luc details").open = true; });
  });
  // Of a row of tabs that is wider than the screen, the current one is in view.
  const tab = document.querySelector(".tabs [aria-current]");
  if (tab) { const row = tab.closest("ul"); row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2; }
  // Who chooses in the sheet of filters may choose on: it is open again on the next page.
  const sheet = document.querySelector("#ben-loc");
  if (sheet?.showPopover && matchMedia("(max-width: 59.99rem)").matches) {
    if (sessionStorage.getItem("loc") === location.pathname) sheet.showPopover();
    sessionStorage.removeItem("loc");
    sheet.addEventListener("click", (event) => { if (event.target.closest("a")) sessionStorage.setItem("loc", location.pathname); });
  }
  const law = document.querySelector("[data-law]");
  if (!law) return;
  const words = law.dataset;
  // Said aloud too: a button that changes its words says nothing to a screen reader.
  const said = document.createElement("span");
  said.className = "hidden";
  said.setAttribute("role", "status");
  law.before(said);
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      const before = button.textContent;
      button.textContent = said.textContent = words.copied;
      setTimeout(() => { button.textContent = before; said.textContent = ""; }, 2000);
    } catch { window.prompt(words.copyPrompt, text); }
  };
  const UNITS = { phan: "Phần", chuong: "Chương", muc: "Mục", "tieu-muc": "Tiểu mục", dieu: "Điều", khoan: "khoản", diem: "điểm", "phu-luc": "Phụ lục" };
  // “dieu-5.khoan-2” → “khoản 2 Điều 5”, as legal_docs.templatetags.law has it.
  const named = (eid) => eid.split(".").reverse().flatMap((part) => {
    const found = part.match(/^(tieu-muc|phu-luc|phan|chuong|muc|dieu|khoan|diem)-(.+)$/);
    return found ? [`${UNITS[found[1]]} ${found[2] === "dd" ? "đ" : found[2]}`] : [];
  }).join(" ");
  const label = (unit) => `${named(unit.id)} ${words.title}`.trim();
  const address = (unit) => `${location.origin}${words.base}${location.search}#${unit.id}`;
  const tools = (unit) => {
    const box = document.createElement("span");
    box.className = "provision-tools no-print";
    for (const [text, value] of [[words.copyLink, () => address(unit)], [words.copyCitation, () => label(unit)]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-label", `${text}: ${named(unit.id)}`);
      button.addEventListener("click", () => copy(button, value()));
      box.append(button);
    }
    return box;
  };
  // Tools appear where the reader tabs or points, so that long laws stay light. Pointing shows
  // them above a heading only, where they move no text; a click shows those of a khoản or điểm.
  let shown;
  const show = (event) => {
    const unit = event.target.closest?.(event.type === "pointerover" ? ":is(h2, h3, h4, h5, h6)[id]" : ":is(h2, h3, h4, h5, h6)[id], .khoan[id], .diem[id]");
    if (!unit || !law.contains(unit) || unit === shown?.unit || !named(unit.id)) return;
    if (event.type === "pointerover" && shown?.box.contains(document.activeElement)) return;
    shown?.box.remove();
    const box = tools(unit);
    unit.append(box);
    shown = { unit, box };
  };
  law.addEventListener("pointerover", show, { passive: true });
  law.addEventListener("click", show);
  law.addEventListener("focusin", show);

  // The note of an amended provision stands beside it too.
  document.querySelectorAll("a[data-noted]").forEach((link) => {
    const place = document.getElementById(link.hash.slice(1));
    const by = link.nextElementSibling?.matches("a") ? link.nextElementSibling.cloneNode(true) : null;
    if (!place || !by) return;
    const note = document.createElement("p");
    note.className = "margin-note";
    note.append(`${words.noted} `, by);
    place.after(note);
  });

  // Printed pages carry number and date at their head (page margin boxes can't read the text).
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { @top-left { content: ${JSON.stringify(words.running)}; font: 9pt sans-serif; } @top-right { content: counter(page) "/" counter(pages); font: 9pt sans-serif; } }`);
    document.adoptedStyleSheets = [sheet];
  } catch { /* an old browser prints the head of the first page only */ }

  const sticky = document.querySelector("[data-sticky]");
  const heads = [...law.querySelectorAll(":is(h2, h3, h4, h5, h6)[id]")];
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  if (sticky && "IntersectionObserver" in window) {
    const current = sticky.querySelector("[data-current]");
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        const id = entry.target.id;
        current.textContent = links.get(id)?.textContent || "";
        links.forEach((a) => a.removeAttribute("aria-current"));
        const link = links.get(id);
        if (!link) continue;
        link.setAttribute("aria-current", "location");
        const box = link.closest("nav");
        if (box.scrollHeight > box.clientHeight && !box.contains(document.activeElement)) box.scrollTop = link.offsetTop - box.clientHeight / 3;
      }
    }, { rootMargin: "-60px 0px -75% 0px" });
    heads.forEach((head) => seen.observe(head));
    addEventListener("scroll", () => sticky.classList.toggle("on", scrollY > 500), { passive: true });
  }
})();
