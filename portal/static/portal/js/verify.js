// Enhancement: the browser computes the hash, so that neither file nor text leaves the machine.
// The key of a text is computed as legal_docs/matching.py does. Without this file the form sends
// what is checked, and the server keeps nothing of it.
"use strict";
(() => {
  if (!globalThis.crypto?.subtle) return;
  const hex = async (bytes) => Array.from(
    new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
  const NOTHING = /[\s\x00-\x08\x0e-\x1f\x7f\x85\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
  const plain = (text) => text.normalize("NFC").replaceAll("Ð", "Đ").replace(NOTHING, "")
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "-")
    .replace(/[\u201c-\u201f\xab\xbb\u2033]/g, '"')
    .replace(/[\u2018-\u201b\u2032`\xb4]/g, "'");
  const key = async (text) => {
    const said = plain(text);
    return said && (await hex(new TextEncoder().encode(said))).slice(0, 32);
  };
  document.querySelectorAll("[data-here]").forEach((note) => { note.hidden = false; });
  document.querySelectorAll("form[data-verify]").forEach((form) => {
    const file = form.elements.tep;
    const text = form.elements["van-ban"];
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.elements.bam.value = file ? await hex(await file.files[0].arrayBuffer()) : await key(text.value);
        const sent = file ?? text;
        sent.disabled = Boolean(form.elements.bam.value);
        form.submit();
        sent.disabled = false;
      } catch { form.submit(); }
    });
  });
})();
