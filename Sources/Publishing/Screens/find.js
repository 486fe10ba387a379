
// A search in a long page: rows of tables, statements, entries of indexes. Nothing is fetched or sent. No character here needs
// escaping in XML, so the page stays well-formed.
(() => {
  const form = document.getElementById("find");
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const kinds = "tbody tr, .statement, .index > li";
  const items = all(kinds, document.querySelector("main")).map(element => ({ element, text: null }));
  // What is empty without them.
  const frames = all("main section, main .wide").filter(frame => frame.querySelector(kinds) !== null);
  const apply = () => {
    const words = wordsOf(form.elements.q.value);
    let count = 0;
    for (const item of items) {
      item.text ??= plain(item.element.textContent);
      const shown = words.every(word => item.text.includes(word));
      if (item.element.hidden === shown) item.element.hidden = !shown;
      if (shown) count += 1;
    }
    for (const frame of frames) frame.hidden = all(kinds, frame).every(element => element.hidden);
    form.querySelector("[type=reset]").hidden = words.length === 0;
    document.getElementById("nothing").hidden = count > 0;
    document.getElementById("count").textContent = form.dataset.shown + " " + count + " / " + items.length;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { apply(); form.elements.q.focus(); }));
  // A link may lead to what is not shown.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null) return;
    if (target.closest("[hidden]") === null) return;
    form.elements.q.value = "";
    apply();
    target.scrollIntoView();
  });
  // Browsers keep what was typed when a reader comes back.
  apply();
})();
