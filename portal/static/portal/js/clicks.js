// Tells which result was opened from a search, without cookie; not for who asks not to be counted.
"use strict";
(() => {
  const q = new URLSearchParams(location.search).get("q");
  if (!q || !navigator.sendBeacon || navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const tell = (event) => {
    const link = event.button < 2 && event.target.closest?.("a[data-vb]");
    if (!link) return;
    const { vb, eid = "" } = link.dataset;
    const body = new URLSearchParams({ q: q.slice(0, 100), vb, eid });
    navigator.sendBeacon("/tim-kiem/luot-chon/", body);
  };
  document.addEventListener("click", tell);
  document.addEventListener("auxclick", tell);
})();
