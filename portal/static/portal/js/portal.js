// Enhancement only: every page works without this file.
"use strict";
(() => {
  if (matchMedia("(min-width: 60rem)").matches) {
    document.querySelectorAll("[data-open-wide]").forEach((box) => { box.open = true; });
  }
  const law = document.querySelector("[data-law]");
  if (!law) return;
  const words = law.dataset;
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      const before = button.textContent;
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = before; }, 2000);
    } catch { window.prompt(words.copyPrompt, text); }
  };
  const label = (unit) => {
    const parts = [];
    for (let node = unit; node && node !== law; node = node.parentElement.closest("[id]")) {
      if (node.dataset.label) parts.push(node.dataset.label);
      if (node.classList.contains("article") || node.classList.contains("dieu")) break;
    }
    return `${parts.join(" ")} ${words.title}`.trim();
  };
  const address = (unit) => `${location.origin}${words.base}#${unit.id}`;
  const tools = (unit) => {
    const box = document.createElement("span");
    box.className = "provision-tools no-print";
    const name = unit.dataset.label || unit.id;
    for (const [text, value] of [[words.copyLink, () => address(unit)], [words.copyCitation, () => label(unit)]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-label", `${text}: ${name}`);
      button.addEventListener("click", () => copy(button, value()));
      box.append(button);
    }
    return box;
  };
  // Tools appear where the reader points or tabs, so that long laws stay light.
  let shown;
  const show = (event) => {
    const unit = event.target.closest?.("section[id], .khoan[id], .diem[id], h3[id]");
    if (!unit || !law.contains(unit) || unit === shown?.unit) return;
    shown?.box.remove();
    const box = tools(unit);
    (unit.querySelector("h2, h3, h4") || unit).append(box);
    shown = { unit, box };
  };
  law.addEventListener("pointerover", show, { passive: true });
  law.addEventListener("click", show);
  law.addEventListener("focusin", show);

  const sticky = document.querySelector("[data-sticky]");
  const heads = [...law.querySelectorAll("h3[id], section[id] > h3, h2[id]")];
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  if (sticky && "IntersectionObserver" in window) {
    const current = sticky.querySelector("[data-current]");
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        const id = entry.target.id || entry.target.closest("[id]")?.id;
        current.textContent = (entry.target.querySelector(".anchor") || entry.target).textContent.trim();
        links.forEach((a) => a.removeAttribute("aria-current"));
        links.get(id)?.setAttribute("aria-current", "location");
      }
    }, { rootMargin: "-60px 0px -75% 0px" });
    heads.forEach((head) => seen.observe(head));
    addEventListener("scroll", () => sticky.classList.toggle("on", scrollY > 500), { passive: true });
  }
})();
