
// Optional features of the page: filters, a search, languages, a personal program, and a mark for the current
// sessions. Nothing is fetched or sent. No character here needs escaping in XML, so the page stays
// well-formed.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const root = document.documentElement;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const word = name => document.getElementById("word-" + name);
  const fields = ["q", "day", "track", "room", "person", "mine", "language"];
  const field = name => form.elements[name] ?? null;

  // The links of a session name its people and room; the colour names its track.
  const leads = (element, kind) => all(`a[href^="#${kind}-"]`, element).map(link => link.hash.slice(kind.length + 2));
  const tracks = new Map(all(".tracks li").map(track => [track.className, track.id.slice(6)]));
  const sessions = all("article[id^=session-]").map(element => ({
    element,
    // A session's second slot is “opening.2”.
    session: element.id.slice(8).split(".")[0],
    day: element.closest(".day"),
    group: element.closest(".at"),
    track: [...element.classList].map(name => tracks.get(name)).find(track => track !== undefined),
    room: leads(element, "room")[0],
    people: leads(element, "person"),
    begins: Date.parse(element.querySelector("time").dateTime),
    ends: Date.parse(element.querySelectorAll("time")[1].dateTime),
    text: null,
  }));

  // A search ignores accents and case.
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // --- Storage, if the browser keeps anything for this page ---

  const key = "plenary." + form.dataset.conference;
  const kept = name => {
    try { return localStorage.getItem(key + "." + name); } catch { return null; }
  };
  const keep = (name, value) => {
    try { localStorage.setItem(key + "." + name, value); } catch { /* then it is lost when the page closes */ }
  };
  let stars = new Set();
  try { stars = new Set(JSON.parse(kept("stars") ?? "[]")); } catch { /* not written by this page */ }

  // --- Languages ---

  const language = () => root.dataset.language ?? "";
  // Shows a text in the reader's language, if it has several.
  const said = element => {
    const texts = element.querySelector(".m");
    if (texts === null) return element.textContent.trim();
    const found = [...texts.children].find(text => text.lang === language()) ?? texts.firstElementChild;
    return found.textContent.trim();
  };

  const option = (value, text) => {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    return option;
  };
  const sources = {
    day: () => all(".day").map(day => [day.id.slice(4), said(day.querySelector("h2"))]),
    track: () => all(".tracks li").map(track => [track.id.slice(6), said(track)]),
    room: () => all("tr[id^=room-]").map(room => [room.id.slice(5), said(room.cells[0])]),
    person: () => all(".index li[id^=person-]").map(
      person => [person.id.slice(7), person.querySelector(".name").textContent]),
  };
  const fill = () => {
    for (const [name, source] of Object.entries(sources)) {
      const select = field(name);
      const value = select.value;
      select.replaceChildren(option("", said(word("all"))), ...source().map(entry => option(...entry)));
      select.value = value;
      select.closest("label").hidden = select.options.length === 2 ? name !== "person" : select.options.length === 1;
    }
    for (const { element, session } of sessions) {
      const star = element.querySelector(".star");
      star.setAttribute("aria-label", said(word("star")) + ": " + said(element.querySelector("h4")));
      star.setAttribute("aria-pressed", stars.has(session));
    }
  };

  // --- Filters ---

  const state = () => {
    const state = new URLSearchParams();
    for (const name of fields) {
      const input = field(name);
      if (input === null) continue;
      const value = input.type === "checkbox" ? (input.checked ? "1" : "") : input.value.trim();
      if (value !== "") state.set(name, value);
    }
    return state;
  };

  const apply = () => {
    const wanted = Object.fromEntries(state());
    const words = plain(wanted.q ?? "").split(/\s+/).filter(word => word !== "");
    const days = new Map(), groups = new Map();
    let count = 0;
    for (const entry of sessions) {
      let shown = [
        [wanted.day, entry.day.id.slice(4)], [wanted.track, entry.track], [wanted.room, entry.room],
      ].every(([want, has]) => want === undefined ? true : want === has);
      if (wanted.person !== undefined) shown = entry.people.includes(wanted.person) ? shown : false;
      if (wanted.mine !== undefined) shown = stars.has(entry.session) ? shown : false;
      if (shown) if (words.length > 0) {
        entry.text ??= plain(entry.element.textContent);
        shown = words.every(word => entry.text.includes(word));
      }
      if (entry.element.hidden === shown) entry.element.hidden = !shown;
      days.set(entry.day, (days.get(entry.day) ?? false) || shown);
      groups.set(entry.group, (groups.get(entry.group) ?? false) || shown);
      if (shown) count += 1;
    }
    for (const [element, shown] of [...days, ...groups]) element.hidden = !shown;
    delete wanted.language;
    form.querySelector("[type=reset]").hidden = Object.keys(wanted).length === 0;
    document.getElementById("nothing").hidden = count > 0 ? true : sessions.length === 0;
    document.getElementById("count").textContent = said(word("shown")) + " " + count + " / " + sessions.length;
  };

  const chooseLanguage = tag => {
    if (tag === "") delete root.dataset.language; else root.dataset.language = tag;
  };

  const remember = () => {
    const text = state().toString();
    history.replaceState(null, "", text === "" ? location.pathname + location.search : "#" + text);
  };

  const reset = () => {
    for (const name of fields) {
      const input = field(name);
      if (input === null) continue;
      if (name === "language") continue;
      if (input.type === "checkbox") input.checked = false; else input.value = "";
    }
  };

  // The URL may contain a filter, “#day=2016-03-25”, or a place, “#session-opening”.
  const arrive = () => {
    const fragment = decodeURIComponent(location.hash.slice(1));
    if (fragment.includes("=")) {
      const wanted = new URLSearchParams(location.hash.slice(1));
      for (const name of fields) {
        const input = field(name);
        if (input === null) continue;
        if (name === "language") if (!wanted.has(name)) continue;
        if (input.type === "checkbox") input.checked = wanted.has(name);
        else input.value = wanted.get(name) ?? "";
        // A filter value that this program no longer has.
        if (input.value === "") if (input.tagName === "SELECT") input.value = "";
      }
      if (field("language") !== null) chooseLanguage(field("language").value);
      fill();
      apply();
      return;
    }
    const target = fragment === "" ? null : document.getElementById(fragment);
    if (target === null) return;
    if (target.closest("[hidden]") !== null) { reset(); apply(); }
    target.scrollIntoView();
  };

  // --- Now ---

  const mark = () => {
    const time = Date.now();
    for (const { element, begins, ends } of sessions) {
      const on = !element.classList.contains("cancelled") ? (time >= begins ? ends > time : false) : false;
      if (on === element.classList.contains("now")) continue;
      element.classList.toggle("now", on);
      if (on) {
        const badge = word("now").cloneNode(true);
        badge.removeAttribute("id");
        badge.className = "mark on";
        element.querySelector(".when").append(" ", badge);
      } else {
        element.querySelector(".mark.on")?.remove();
      }
    }
  };

  // --- Begin ---

  // Two lines instead of a picture file: a star in the colour of the text.
  const picture = () => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.200l-5.600 3.100 1.200-6.300L3 9.600l6.300-.8z");
    svg.append(path);
    return svg;
  };
  const star = document.createElement("button");
  star.type = "button";
  star.className = "star";
  star.append(picture());
  for (const { element } of sessions) element.append(star.cloneNode(true));
  document.addEventListener("click", event => {
    const star = event.target.closest(".star");
    if (star === null) return;
    const { session } = sessions.find(entry => entry.element === star.parentElement);
    const on = !stars.has(session);
    if (on) stars.add(session); else stars.delete(session);
    for (const entry of sessions) {
      if (entry.session === session) entry.element.querySelector(".star").setAttribute("aria-pressed", on);
    }
    keep("stars", JSON.stringify([...stars].sort()));
    if (field("mine").checked) apply();
  });

  form.hidden = false;
  form.querySelector("details").open = matchMedia("(min-width: 44rem)").matches;
  if (field("language") !== null) {
    const tag = kept("language") ?? "";
    field("language").value = [...field("language").options].some(option => option.value === tag) ? tag : "";
    chooseLanguage(field("language").value);
  }
  fill();
  apply();
  arrive();
  mark();
  setInterval(mark, 30000);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", event => {
    event.preventDefault();
    reset();
    apply();
    remember();
    field("q").focus();
  });
  form.addEventListener("input", event => {
    if (event.target.name === "language") {
      chooseLanguage(event.target.value);
      keep("language", event.target.value);
      fill();
    }
    apply();
    remember();
  });
  window.addEventListener("hashchange", arrive);
})();
