
// Optional features of the page: filters, a search, languages, a personal program with its calendar and its link, one's own
// time zone, and marks for the current and the next sessions. Nothing is fetched or sent. No character here needs escaping in
// XML, so the page stays well-formed.
(() => {
  const form = document.getElementById("filters");
  const root = document.documentElement;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const word = name => document.getElementById("word-" + name);
  const views = all("[name=view]");
  const fields = ["q", "day", "track", "room", "person", "mine", "language"];
  const field = name => form.elements[name] ?? null;
  const facts = JSON.parse(document.getElementById("facts").textContent);

  // The links of a session name its people and room; the colour names its track.
  const leads = (element, kind) => all(`a[href^="#${kind}-"]`, element).map(link => link.hash.slice(kind.length + 2));
  const tracks = new Map(all(".tracks li").map(track => [track.className, track.id.slice(6)]));
  const days = all(".day");
  // The class “e12” of a session is its end, “s10” of its group the start: rows of the grid, of which the first is 2.
  const timeOf = (element, letter, day) => {
    const row = [...element.classList].find(name => name[0] === letter ? Number(name.slice(1)) > 1 : false);
    return facts.times[days.indexOf(day)][row.slice(1) - 2] * 60000;
  };
  const sessions = all("article[id^=session-]").map((element, index) => {
    const group = element.closest(".at");
    const day = group.closest(".day");
    return {
      element, group, index, day,
      // A session's second slot is “opening.2”.
      session: element.id.slice(8).split(".")[0],
      track: [...element.classList].map(name => tracks.get(name)).find(track => track !== undefined),
      room: leads(element, "room")[0],
      people: leads(element, "person"),
      begins: timeOf(group, "s", day),
      ends: timeOf(element, "e", day),
      cancelled: element.classList.contains("cancelled"),
      text: null,
    };
  });
  const entryOf = new Map(sessions.map(entry => [entry.element, entry]));
  const known = new Set(sessions.map(entry => entry.session));

  // --- Long texts, which are compressed on a large page ---

  const decompress = async () => {
    const compressed = document.getElementById("compressed");
    if (compressed === null) return;
    const text = compressed.textContent;
    const bytes = new Uint8Array(Number(compressed.dataset.length));
    // Two signs are thirteen bits. Three signs of ASCII are not used.
    const sign = index => {
      const code = text.charCodeAt(index);
      return code - 33 - (code > 38) - (code > 60) - (code > 62);
    };
    let bits = 0;
    let held = 0;
    let end = 0;
    for (let index = 0; bytes.length > end; index += 2) {
      bits += (sign(index) + 91 * sign(index + 1)) * 2 ** held;
      for (held += 13; held > 7; held -= 8) {
        // The array keeps the lowest eight bits.
        bytes[end] = bits;
        end += 1;
        bits >>= 8;
      }
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const texts = (await new Response(stream).text()).split("\u0001");
    const model = document.createElement("details");
    const summary = document.createElement("summary");
    summary.append(...[...word("details").childNodes].map(node => node.cloneNode(true)));
    model.append(summary);
    const offer = (element, text) => {
      if (text === "") return;
      closed.set(element, text);
      const details = model.cloneNode(true);
      details.addEventListener("toggle", () => open(element), { once: true });
      const before = element.querySelector(":scope > .parts");
      if (before === null) element.append(details); else before.before(details);
    };
    // What sessions are about, their links, and who the persons of the index are.
    const count = sessions.length;
    for (const entry of sessions) {
      entry.text = null;
      offer(entry.element, texts[entry.index] + texts[count + entry.index]);
      for (const [, person] of texts[entry.index].matchAll(/href="#person-([^"]+)"/g)) entry.people.push(person);
    }
    all(".index > li").forEach((element, person) => offer(element, texts[2 * count + person]));
    compressed.remove();
    apply();
  };
  // By its element. Nothing is made of a text before somebody opens it.
  const closed = new Map();
  const open = element => {
    if (!closed.has(element)) return;
    element.querySelector(":scope > details").insertAdjacentHTML("beforeend", closed.get(element));
    closed.delete(element);
  };

  // --- What a part of the page says ---

  // What this script adds to a session, and words that readers press.
  const added = ".clash, .on, .own, summary";
  // The signs that markup writes in another way.
  const signs = { amp: String.fromCharCode(38), lt: "\x3c", gt: "\x3e", quot: "\"", "#39": "'" };
  // All that can be searched of a session, whether it is open or not.
  const textOf = ({ element }) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT + NodeFilter.SHOW_TEXT,
      node => node.nodeType === Node.ELEMENT_NODE
        ? (node.matches(added) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) : NodeFilter.FILTER_ACCEPT);
    let text = "";
    while (texts.nextNode() !== null) text += texts.currentNode.data;
    return plain(text + " " + (closed.get(element) ?? "").replace(/\x3c[^>]*>/g, " ")
      .replace(/\x26(amp|lt|gt|quot|#39);/g, (_, name) => signs[name]));
  };
  const language = () => root.dataset.language ?? "";
  // A copy as readers see it, in their language where a text has several.
  const copyOf = element => {
    const copy = document.createElement("div");
    copy.append(element.cloneNode(true));
    for (const texts of all(".m", copy)) {
      texts.replaceChildren([...texts.children].find(text => text.lang === language()) ?? texts.firstElementChild);
    }
    return copy;
  };
  const line = text => text.replace(/\s+/g, " ").trim();
  const said = element => line(copyOf(element).textContent);
  // Its lines, with the addresses of links to elsewhere.
  const linesOf = element => {
    const copy = copyOf(element);
    for (const part of all(added, copy)) part.remove();
    for (const link of all("a:not([href^=\"#\"])", copy)) {
      const address = link.getAttribute("href");
      if (link.textContent !== address) link.append(" ", address);
    }
    for (const time of all("time", copy)) time.append(" ");
    for (const block of all("br, p, li, h5, div, ol, ul", copy)) { block.before("\n"); block.append("\n"); block.after("\n"); }
    return copy.textContent.split("\n").map(line).filter(text => text !== "");
  };

  // --- Storage, if the browser keeps anything for this page ---

  const key = "plenary." + form.dataset.conference;
  const kept = name => {
    try { return localStorage.getItem(key + "." + name); } catch { return null; }
  };
  const keep = (name, value) => {
    try { localStorage.setItem(key + "." + name, value); } catch { /* then it is lost when the page closes */ }
  };
  const starsIn = text => {
    try { return new Set(JSON.parse(text ?? "[]")); } catch { return new Set(); /* not written by this page */ }
  };
  let stars = starsIn(kept("stars"));
  // Somebody else's, from a link.
  let shared = null;

  // --- Languages ---

  const tell = text => { document.getElementById("said").textContent = text; };
  const titleOf = entry => said(entry.element.querySelector("h4"));

  const option = (value, text) => {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    return option;
  };
  const sources = {
    day: () => all(".day").map(day => [day.id.slice(4), said(day.querySelector("h2"))]),
    track: () => all(".tracks li").map(track => [track.id.slice(6), said(track)]),
    room: () => all("tr[id^=room-]").map(room => [room.id.slice(5), said(room.cells[0].firstElementChild)]),
    person: () => all(".index li[id^=person-]").map(
      person => [person.id.slice(7), person.firstElementChild.textContent]),
  };
  const fill = () => {
    for (const [name, source] of Object.entries(sources)) {
      const select = field(name);
      const value = select.value;
      select.replaceChildren(option("", said(word("all"))), ...source().map(entry => option(...entry)));
      select.value = value;
      select.closest("label").hidden = select.options.length === 2 ? name !== "person" : select.options.length === 1;
    }
    const [starred, calendar] = [said(word("star")), said(word("calendar"))];
    for (const entry of sessions) {
      const title = titleOf(entry);
      const [star, file] = entry.buttons;
      star.setAttribute("aria-label", starred + ": " + title);
      file.setAttribute("aria-label", calendar + ": " + title);
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
    const words = wordsOf(wanted.q ?? "");
    const days = new Map(), groups = new Map();
    let count = 0;
    for (const entry of sessions) {
      let shown = [
        [wanted.day, entry.day.id.slice(4)], [wanted.track, entry.track], [wanted.room, entry.room],
      ].every(([want, has]) => want === undefined ? true : want === has);
      if (wanted.person !== undefined) shown = entry.people.includes(wanted.person) ? shown : false;
      if (wanted.mine !== undefined) shown = stars.has(entry.session) ? shown : false;
      if (shared !== null) shown = shared.has(entry.session) ? shown : false;
      if (shown) if (words.length > 0) {
        entry.text ??= textOf(entry);
        shown = words.every(word => entry.text.includes(word));
      }
      if (entry.element.hidden === shown) entry.element.hidden = !shown;
      days.set(entry.day, (days.get(entry.day) ?? false) || shown);
      groups.set(entry.group, (groups.get(entry.group) ?? false) || shown);
      if (shown) count += 1;
    }
    for (const [element, shown] of [...days, ...groups]) if (element.hidden === shown) element.hidden = !shown;
    delete wanted.language;
    const filtered = shared !== null ? true : Object.keys(wanted).length > 0;
    root.toggleAttribute("data-part", filtered);
    form.querySelector("[type=reset]").hidden = !filtered;
    document.getElementById("nothing").hidden = count > 0 ? true : sessions.length === 0;
    document.getElementById("count").textContent = said(word("shown")) + " " + count + " / " + sessions.length;
    showShared();
  };

  const chooseLanguage = tag => {
    if (tag === "") delete root.dataset.language; else root.dataset.language = tag;
  };

  const view = () => views.find(choice => choice.checked).value;
  const chooseView = name => { for (const choice of views) choice.checked = choice.value === name; };

  const remember = () => {
    const now = state();
    if (view() !== "list") now.set("view", view());
    const text = [shared === null ? "" : starsOf(shared), now.toString()].filter(part => part !== "").join(String.fromCharCode(38));
    history.replaceState(null, "", text === "" ? location.pathname + location.search : "#" + text);
  };

  const reset = () => {
    shared = null;
    for (const name of fields) {
      const input = field(name);
      if (input === null) continue;
      if (name === "language") continue;
      if (input.type === "checkbox") input.checked = false; else input.value = "";
    }
  };

  // The URL may contain a filter, “#day=2016-03-25”, somebody's stars, “#stars=opening,trade”, or a place, “#session-opening”.
  const arrive = async () => {
    let fragment = location.hash.slice(1);
    try { fragment = decodeURIComponent(fragment); } catch { /* then as it is */ }
    if (fragment.includes("=")) {
      const wanted = new URLSearchParams(location.hash.slice(1));
      const theirs = (wanted.get("stars") ?? "").split(",").filter(session => known.has(session));
      // A link to the reader's own program shows that.
      const isOwn = stars.size > 0 ? starsOf(new Set(theirs)) === starsOf(knownStars()) : false;
      shared = wanted.has("stars") ? (isOwn ? null : new Set(theirs)) : null;
      chooseView(wanted.get("view") === "grid" ? "grid" : "list");
      for (const name of fields) {
        const input = field(name);
        if (input === null) continue;
        if (name === "language") if (!wanted.has(name)) continue;
        if (input.type === "checkbox") input.checked = wanted.has(name);
        else input.value = wanted.get(name) ?? "";
        // A filter value that this program no longer has.
        if (input.value === "") if (input.tagName === "SELECT") input.value = "";
      }
      if (isOwn) field("mine").checked = true;
      if (field("language") !== null) chooseLanguage(field("language").value);
      showOwnTimes();
      fill();
      apply();
      return;
    }
    const named = fragment === "" ? null : document.getElementById(fragment);
    if (named === null) return;
    const target = named.closest("article") ?? named;
    // The index names a session by a shorter address. The one with its short name is for people.
    if (target !== named) return location.replace("#" + target.id);
    if (target.closest("[hidden]") !== null) { reset(); apply(); }
    if (entryOf.has(target)) {
      // A cell of the grid has no room for what is told of a session.
      chooseView("list");
      await decompressed;
      open(target);
      for (const details of all("details", target)) details.open = true;
    }
    target.scrollIntoView();
  };

  // --- One's own program ---

  const starsOf = set => "stars=" + [...set].sort().join(",");
  const knownStars = () => new Set([...stars].filter(session => known.has(session)));
  const here = () => location.href.split("#")[0];

  // Starred sessions that are on while another one is.
  const showClashes = () => {
    for (const note of all(".clash")) note.remove();
    const mine = sessions.filter(entry => stars.has(entry.session) ? !entry.cancelled : false);
    for (const entry of mine) {
      const others = mine.filter(other => [
        other.session !== entry.session, entry.ends > other.begins, other.ends > entry.begins,
      ].every(holds => holds));
      if (others.length === 0) continue;
      const note = document.createElement("p");
      note.className = "clash alert";
      const [before, after] = said(word("clash")).split("%");
      note.append(before);
      others.forEach((other, index) => {
        const link = document.createElement("a");
        link.href = "#" + other.element.id;
        link.textContent = titleOf(other);
        note.append(index === 0 ? "" : " · ", link);
      });
      note.append(after);
      entry.element.querySelector("h4").after(note);
    }
  };

  const showStars = () => {
    const count = knownStars().size;
    document.getElementById("stars").textContent = count === 0 ? "" : "(" + count + ")";
    document.getElementById("personal").hidden = count === 0;
    document.getElementById("share").href = "#" + starsOf(knownStars());
    for (const { session, buttons: [star] } of sessions) {
      const pressed = String(stars.has(session));
      if (star.getAttribute("aria-pressed") !== pressed) star.setAttribute("aria-pressed", pressed);
    }
    showClashes();
  };

  const showShared = () => {
    const line = document.getElementById("shared");
    line.hidden = shared === null;
    if (shared === null) return;
    line.firstElementChild.textContent = said(word("shared")).replace("%", shared.size);
    document.getElementById("adopt").hidden = [...shared].every(session => stars.has(session));
  };

  const setStars = changed => {
    stars = changed;
    showStars();
    if (field("mine").checked) apply(); else showShared();
  };
  const changeStars = (given, on) => {
    // Another tab may have changed them.
    const text = kept("stars");
    const changed = text === null ? stars : starsIn(text);
    for (const session of given) if (on) changed.add(session); else changed.delete(session);
    keep("stars", JSON.stringify([...changed].sort()));
    setStars(changed);
  };

  // --- Calendars: RFC 5545, times in UTC ---

  const encoder = new TextEncoder();
  const wrapped = line => {
    let text = "", length = 0;
    for (const character of line) {
      const octets = encoder.encode(character).length;
      if (length + octets > 75) { text += "\r\n "; length = 1; }
      text += character;
      length += octets;
    }
    return text + "\r\n";
  };
  const escaped = text => text.replace(/[\\;,]/g, sign => "\\" + sign).replace(/\s*\n\s*/g, "\\n");
  const utc = time => new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");

  // A UUID is stored as the 16 bytes that it is.
  const uidOf = index => {
    const uid = facts.uids[index];
    if (!/^[\w+/]{22}==$/.test(uid)) return uid;
    const hex = [...atob(uid)].map(byte => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const calendarOf = entries => {
    const stamp = document.querySelector("footer time");
    const text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Plenary//Plenary//EN", "CALSCALE:GREGORIAN"];
    for (const entry of entries) {
      const { element, index, room, begins, ends, cancelled } = entry;
      const first = sessions.find(other => other.session === entry.session);
      open(first.element);
      open(element);
      const place = room === undefined ? null : document.getElementById("room-" + room);
      const people = all(".who li", element).map(person => [...person.children].map(said).join(", "));
      // The description stands only at the first part of a session.
      const about = first === entry ? [] : all(":scope > details > .about", first.element).flatMap(linesOf);
      const own = all(":scope > details", element).flatMap(linesOf);
      text.push(
        "BEGIN:VEVENT", "UID:" + uidOf(index),
        "DTSTAMP:" + utc(stamp === null ? begins : Date.parse(stamp.dateTime)),
        "DTSTART:" + utc(begins), "DTEND:" + utc(ends), "SUMMARY:" + escaped(titleOf(entry)),
        "STATUS:" + (cancelled ? "CANCELLED" : "CONFIRMED"), "SEQUENCE:" + (facts.sequences[index] ?? 0));
      if (place !== null) {
        const names = [said(place.cells[0].firstElementChild)];
        if (place.cells.length > 2) names.push(...linesOf(place.cells[1]));
        text.push("LOCATION:" + escaped(names.join(", ")));
      }
      const description = [...people, ...about, ...own].join("\n");
      if (description !== "") text.push("DESCRIPTION:" + escaped(description));
      if (location.protocol.startsWith("http")) text.push("URL:" + here() + "#" + element.id);
      text.push("END:VEVENT");
    }
    text.push("END:VCALENDAR");
    return text.map(wrapped).join("");
  };

  const download = async (entries, name) => {
    await decompressed;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([calendarOf(entries)], { type: "text/calendar;charset=utf-8" }));
    link.download = name + ".ics";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  // --- Now ---

  const mark = () => {
    const time = Date.now();
    const coming = sessions.filter(entry => entry.cancelled ? false : entry.begins > time).map(entry => entry.begins);
    // Of the next day, only in its night.
    const soon = coming.length === 0 ? null : Math.min(...coming);
    const next = soon === null ? null : (soon - time > 43200000 ? null : soon);
    for (const { element, begins, ends, cancelled } of sessions) {
      const on = cancelled ? "" : (time >= begins ? (ends > time ? "now" : "") : (begins === next ? "next" : ""));
      const old = element.querySelector(".mark.on");
      if ((old?.dataset.mark ?? "") === on) continue;
      old?.remove();
      element.classList.toggle("now", on === "now");
      if (on === "") continue;
      const badge = word(on).cloneNode(true);
      badge.removeAttribute("id");
      badge.className = "mark on";
      badge.dataset.mark = on;
      element.querySelector(".when").append(" ", badge);
    }
  };

  const jump = () => {
    mark();
    const time = Date.now();
    const shown = sessions.filter(entry => entry.element.closest("[hidden]") === null ? !entry.cancelled : false);
    const target = shown.find(entry => time >= entry.begins ? entry.ends > time : false)
      ?? shown.filter(entry => entry.begins > time).sort((a, b) => a.begins - b.begins)[0];
    tell(target === undefined ? said(word("over")) : "");
    if (target === undefined) return;
    const place = view() === "grid" ? target.element : target.group.querySelector("h3");
    place.tabIndex = -1;
    place.scrollIntoView({ block: "start", inline: "center" });
    place.focus({ preventScroll: true });
  };

  // --- One's own time zone ---

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const clocks = () => {
    const tag = (language() || root.lang) + "-u-nu-latn";
    const options = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const dates = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" };
    try {
      return [new Intl.DateTimeFormat(tag, options), new Intl.DateTimeFormat(tag, { ...options, weekday: "short" }),
        new Intl.DateTimeFormat("en-CA", dates)];
    } catch {
      return [new Intl.DateTimeFormat([], options), new Intl.DateTimeFormat([], { ...options, weekday: "short" }),
        new Intl.DateTimeFormat("en-CA", dates)];
    }
  };
  // Whether the clocks here show another time than those of the conference at one of its sessions.
  const differs = () => {
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const starts = new Map(sessions.map(({ begins, group }) => [begins, group.querySelector("time").textContent]));
    return [...starts].some(([begins, shown]) => clock.format(begins) !== shown);
  };
  const showOwnTimes = () => {
    for (const time of all(".own")) time.remove();
    if (!field("own").checked) return;
    const [clock, dated, date] = clocks();
    for (const { element, group, begins, ends } of sessions) {
      const day = group.querySelector("time").dateTime.slice(0, 10);
      const own = document.createElement("span");
      own.className = "own";
      // It stands beside the conference's time, and must run as that does.
      own.dir = root.dir || "ltr";
      own.textContent = (date.format(begins) === day ? clock : dated).format(begins) + "–" + clock.format(ends);
      element.querySelector(".when").firstChild.after(own, " ");
    }
  };

  // --- Begin ---

  // A few lines instead of picture files: a star and a calendar in the colour of the text.
  const picture = lines => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", lines);
    svg.append(path);
    return svg;
  };
  const button = (name, lines) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.append(picture(lines));
    return button;
  };
  const star = button("star", "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.200l-5.600 3.100 1.200-6.300L3 9.600l6.300-.8z");
  const file = button("file", "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M12 12.500v5M9.500 15l2.500 2.500 2.500-2.500");
  for (const entry of sessions) {
    entry.buttons = [star.cloneNode(true), file.cloneNode(true)];
    entry.element.append(...entry.buttons);
    // The title is the session's address.
    const title = entry.element.querySelector("h4");
    const link = document.createElement("a");
    link.href = "#" + entry.element.id;
    link.append(...title.childNodes);
    title.append(link);
  }
  document.addEventListener("click", event => {
    const pressed = event.target.closest(".star, .file");
    if (pressed === null) return;
    const entry = entryOf.get(pressed.parentElement);
    if (pressed.className === "file") {
      download(sessions.filter(other => other.session === entry.session), entry.session);
      return;
    }
    changeStars([entry.session], !stars.has(entry.session));
    const clash = entry.element.querySelector(".clash");
    tell(clash === null ? "" : clash.textContent);
  });
  const press = (name, act) => document.getElementById(name).addEventListener("click", act);
  press("jump", jump);
  press("calendar", () => download(sessions.filter(entry => stars.has(entry.session)), form.dataset.conference));
  press("adopt", () => changeStars([...shared], true));
  press("print", () => {
    reset();
    field("mine").checked = true;
    apply();
    remember();
    window.print();
  });
  press("share", event => {
    event.preventDefault();
    const link = here() + document.getElementById("share").getAttribute("href");
    // Without a clipboard, readers copy it themselves.
    const show = () => window.prompt(said(document.getElementById("share")), link);
    if (navigator.clipboard === undefined) { show(); return; }
    navigator.clipboard.writeText(link).then(() => tell(said(word("copied"))), show);
  });

  form.hidden = false;
  form.querySelector("details").open = matchMedia("(min-width: 44rem)").matches;
  if (field("language") !== null) {
    const tag = kept("language") ?? "";
    field("language").value = [...field("language").options].some(option => option.value === tag) ? tag : "";
    chooseLanguage(field("language").value);
  }
  field("own").closest("label").hidden = !differs();
  field("own").checked = differs() ? kept("own") === "1" : false;
  document.getElementById("own-zone").textContent = "(" + zone.replaceAll("_", " ") + ")";
  fill();
  showStars();
  apply();
  showOwnTimes();
  mark();
  const decompressed = decompress().catch(() => tell(said(word("compressed"))));
  arrive();
  // What a search looks at is made ready before somebody searches.
  const prepare = deadline => {
    const rest = sessions.filter(entry => entry.text === null);
    for (const entry of rest) {
      if (deadline.timeRemaining() > 2) entry.text = textOf(entry); else break;
    }
    if (rest.length > 0) requestIdleCallback(prepare);
  };
  if (window.requestIdleCallback !== undefined) decompressed.then(() => requestIdleCallback(prepare));
  setInterval(mark, 30000);
  document.addEventListener("visibilitychange", mark);
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
      showClashes();
      showOwnTimes();
    }
    if (event.target.name === "own") {
      keep("own", event.target.checked ? "1" : "");
      showOwnTimes();
    }
    if (event.target.name === "mine") shared = null;
    apply();
    remember();
  });
  for (const choice of views) choice.addEventListener("change", remember);
  window.addEventListener("hashchange", arrive);
  // Another tab has changed the stars, or everything is forgotten.
  window.addEventListener("storage", event => {
    if ([null, key + ".stars"].includes(event.key)) setStars(starsIn(event.newValue));
  });
})();
