"""Opens the program's page in Chromium as its readers do, uses it, and has axe-core look at it.

    browse.py CHROMIUM PAGE [PICTURES]

Chromium is spoken to over a pipe, in the Chrome DevTools Protocol. Prints what was found as JSON: a list of findings,
which is empty where all is well, and what was measured. PICTURES is a folder for pictures of the page.
"""
import base64, html, json, os, pathlib, re, subprocess, sys, tempfile, uuid, zlib

import axe_playwright_python
import icalendar

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
ALLOWED = ("file:", "data:", "about:", "chrome:")


class Browser:
    def __init__(self, program, profile):
        incoming, theirs = os.pipe()
        ours, outgoing = os.pipe()

        def arrange():
            # It reads from descriptor 3 and writes to 4.
            a, b = os.dup(ours), os.dup(theirs)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update", "--disable-extensions",
             "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars",
             f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=arrange, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={**os.environ, "HOME": profile})
        os.close(theirs)
        os.close(ours)
        self.reader = os.fdopen(incoming, "rb", buffering=0)
        self.writer = os.fdopen(outgoing, "wb", buffering=0)
        self.rest, self.number, self.events, self.session = b"", 0, [], None

    def receive(self):
        while b"\0" not in self.rest:
            part = self.reader.read(1 << 16)
            if not part:
                raise SystemExit("Chromium ended.")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def __call__(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.writer.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def until(self, method):
        while True:
            for index, event in enumerate(self.events):
                if event.get("method") == method:
                    del self.events[index]
                    return event["params"]
            self.events.append(self.receive())

    def run(self, script):
        result = self("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise SystemExit(str(result["exceptionDetails"].get("exception", {}).get("description")))
        return result["result"].get("value")

    def end(self):
        self.session = None
        self("Browser.close")
        self.process.wait()


# What a reader does. Each step says what is visible afterwards.
STEPS = """(async () => {
  const wrong = [];
  const form = document.getElementById("filters");
  const sessions = [...document.querySelectorAll("article[id^=session-]")];
  const shown = () => sessions.filter(session => session.closest("[hidden]") === null);
  const settle = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  // What is far down is laid out when it comes near, so the place of a jump is found in some frames.
  const soon = async holds => { for (let frame = 0; frame < 200 && !holds(); frame++) await settle(); return holds(); };
  const expect = (holds, what) => { if (!holds) wrong.push(what + " (" + location.hash + ", " + shown().length + " shown)"); };
  const set = async (name, value) => {
    const input = form.elements[name];
    if (input.type === "checkbox") input.checked = value; else input.value = value;
    const began = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    took = Math.max(took, performance.now() - began);
    await settle();
  };
  let took = 0;
  expect(form.hidden === false, "the filters are there");
  expect(shown().length === sessions.length, "everything is shown at first");
  for (const name of ["day", "track", "room", "person"]) {
    const values = [...form.elements[name].options].map(option => option.value).filter(value => value !== "");
    if (values.length === 0) continue;
    await set(name, values[values.length - 1]);
    expect(shown().length > 0, "choosing a " + name + " leaves something");
    expect(location.hash.includes(name + "="), "the address has the " + name);
    expect([...document.querySelectorAll(".at")].every(
      group => group.hidden === !group.querySelector("article:not([hidden])")), "nothing empty is left");
    await set(name, "");
    expect(shown().length === sessions.length, "everything is shown again");
  }
  const word = sessions[0].querySelector("h4").textContent.trim().split(/\\s+/)[0];
  await set("q", word.toUpperCase());
  expect(shown().includes(sessions[0]), "a search finds a title");
  for (const sign of SIGNS) {
    await set("q", sign);
    expect(shown().length > 0, "a search finds " + sign);
  }
  await set("q", "no such word anywhere");
  expect(shown().length === 0, "a search finds nothing else");
  expect(document.getElementById("nothing").hidden === false, "and says so");
  form.querySelector("[type=reset]").click();
  await settle();
  expect(shown().length === sessions.length, "all is shown again at a press");
  expect(location.hash === "", "and the address is bare");
  expect(sessions.every(s => s.querySelector("h4 a").hash === "#" + s.id), "each title is the session's address");
  // The same sessions as a grid.
  document.getElementById("view-grid").click();
  await settle();
  expect(location.hash.includes("view=grid"), "the address has the grid");
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  for (const day of document.querySelectorAll(".hours")) {
    const cells = [...day.querySelectorAll("article")].map(cell => [cell.id, cell.getBoundingClientRect()]);
    for (const [i, [name, a]] of cells.entries()) {
      expect(a.width > 60 && a.height > 20, name + " has room in the grid");
      for (const [other, b] of cells.slice(i + 1)) expect(apart(a, b), name + " and " + other + " lie apart");
    }
    const heads = [...day.querySelectorAll(".names > span")].map(head => head.getBoundingClientRect());
    expect(cells.every(([, a]) => heads.some(head => head.left <= a.left + 1 && a.right <= head.right + 1)),
      "each session is below its room");
  }
  for (const [name, found] of small()) expect(false, "in the grid " + name + " is large enough to be hit: " + found);
  // What is not displayed, screen readers do not say.
  for (const s of sessions) {
    const kept = [...s.querySelectorAll(".when > a, .who > li, .who .label")];
    expect(kept.every(part => getComputedStyle(part).display !== "none"), "in the grid " + s.id + " has its room, people and roles");
    const people = s.querySelectorAll(".who > li").length, who = s.querySelector(".who");
    if (who) expect(getComputedStyle(who, "::after").content.includes(people > 3 ? "+" + (people - 3) : "none"),
      "in the grid " + s.id + " says how many people are left out");
    const room = s.querySelector(".when > a");
    if (room) { room.focus({ preventScroll: true }); expect(room.getBoundingClientRect().height > 10, "a room that has the focus is seen"); }
  }
  document.activeElement.blur();
  document.getElementById("view-list").click();
  await settle();
  expect(location.hash === "", "the list is the usual view");
  const star = sessions[0].querySelector(".star");
  star.click();
  expect(star.getAttribute("aria-pressed") === "true", "a star can be given");
  await set("mine", true);
  expect(shown().length > 0 ? shown().every(s => s.id.split(".")[0] === sessions[0].id) : false,
    "one's own program has what was starred");
  const last = sessions[sessions.length - 1];
  const named = document.querySelector(".index > li > a[href^='#s']");
  if (named) {
    const heading = document.getElementById(named.hash.slice(1));
    named.click();
    await settle();
    expect(heading !== null, "the index leads to a session");
    expect(location.hash === "#" + heading.closest("article").id, "and the address is the one that stays");
  }
  location.hash = "#" + last.id;
  await new Promise(done => setTimeout(done, 100));
  expect(shown().includes(last), "a link leads to what was not shown");
  form.querySelector("[type=reset]").click();
  await settle();
  expect(shown().length === sessions.length, "everything is shown after one's own program");
  // Two at the same time.
  const times = new Map(sessions.map(s => [s, timesOf(s)]));
  const name = s => s.id.slice(8).split(".")[0];
  const goes = s => !s.classList.contains("cancelled");
  const pair = sessions.flatMap(a => sessions.map(b => [a, b])).find(([a, b]) => name(a) !== name(b) && goes(a) && goes(b)
    && times.get(a)[0] < times.get(b)[1] && times.get(b)[0] < times.get(a)[1]);
  star.click();
  expect(document.querySelector(".clash") === null, "nothing is told without stars");
  if (pair) {
    const press = () => { for (const session of pair) session.querySelector(".star").click(); };
    press();
    expect(pair[0].querySelector(`.clash a[href="#${pair[1].id}"]`) !== null, "a star tells which other one is at the same time");
    expect(document.getElementById("said").textContent !== "", "it is said aloud");
    // A search does not find one by what is told of the other.
    const only = [...pair[1].querySelector("h4").textContent.toLowerCase().matchAll(/\\p{L}{4,}/gu)].map(([word]) => word)
      .find(word => sessions.filter(s => s.textContent.toLowerCase().includes(word)).every(s => pair.includes(s))
        && !pair[0].querySelector("h4").textContent.toLowerCase().includes(word));
    if (only && !LARGE) {
      await set("q", only);
      expect(!shown().includes(pair[0]), "a search for " + only + " does not find " + pair[0].id);
      await set("q", "");
    }
    press();
    expect(document.querySelector(".clash") === null, "it goes with the star");
  }
  // Two in a row.
  const row = sessions.flatMap(a => sessions.map(b => [a, b])).find(([a, b]) => name(a) !== name(b) && goes(a) && goes(b)
    && times.get(a)[1] === times.get(b)[0] && sessions.filter(s => [a, b].map(name).includes(name(s))).length === 2);
  if (row) {
    for (const session of row) session.querySelector(".star").click();
    expect(document.querySelector(".clash") === null, "one after the other is no conflict");
    for (const session of row) session.querySelector(".star").click();
  }
  // Somebody's link.
  const given = [...new Set([sessions[0], last].map(name))];
  location.hash = "#stars=no-such-session," + given.join(",");
  await new Promise(done => setTimeout(done, 100));
  expect(shown().length > 0 && shown().every(s => given.includes(name(s))), "a link shows somebody's stars");
  expect(sessions.every(s => s.querySelector(".star").getAttribute("aria-pressed") === "false"), "they are not one's own");
  expect(document.getElementById("shared").innerText.includes(given.length), "their number is told");
  document.getElementById("adopt").click();
  expect(shown().every(s => s.querySelector(".star").getAttribute("aria-pressed") === "true"), "they can be taken over");
  form.querySelector("[type=reset]").click();
  await settle();
  const share = document.getElementById("share").getAttribute("href");
  expect(share === "#stars=" + [...given].sort().join(","), "the own stars are a link: " + share);
  // Readers share without a clipboard, too; their own link stays their own program.
  let prompted = "";
  window.prompt = (_, link) => { prompted = link; };
  Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  document.getElementById("share").click();
  await settle();
  expect(prompted.endsWith(share), "without a clipboard, the link is shown: " + prompted);
  expect(document.getElementById("shared").hidden, "one's own link is not somebody else's");
  location.hash = share;
  await new Promise(done => setTimeout(done, 100));
  expect(document.getElementById("shared").hidden && form.elements.mine.checked, "one's own link leads to one's own program");
  form.querySelector("[type=reset]").click();
  await settle();
  // Another tab.
  const key = "plenary." + form.dataset.conference + ".stars";
  const other = name(sessions.find(s => !given.includes(name(s))) ?? sessions[0]);
  const inOtherTab = stars => {
    localStorage.setItem(key, JSON.stringify(stars));
    window.dispatchEvent(new StorageEvent("storage", { key, newValue: localStorage.getItem(key) }));
  };
  const pressed = () => [...new Set(sessions.filter(s => s.querySelector(".star").getAttribute("aria-pressed") === "true").map(name))];
  inOtherTab([...given, other]);
  expect(pressed().includes(other), "a star of another tab is shown");
  inOtherTab(given);
  localStorage.setItem(key, JSON.stringify([...given, other]));
  sessions.find(s => name(s) === given[0]).querySelector(".star").click();
  expect(JSON.parse(localStorage.getItem(key)).includes(other) || other === given[0], "a star of another tab is not lost");
  inOtherTab(given);
  // A day was chosen, and a word.
  await set("day", form.elements.day.options[1]?.value ?? "");
  await set("q", "no such word anywhere");
  let printed = 0;
  window.print = () => { printed = shown().length; };
  document.getElementById("print").click();
  expect(printed === sessions.filter(s => given.includes(name(s))).length, "all of one's own program is printed: " + printed);
  form.querySelector("[type=reset]").click();
  await settle();
  // Now and next.
  const real = Date.now;
  const [begins, ends] = times.get(last);
  Date.now = () => ends - 60000;
  document.dispatchEvent(new Event("visibilitychange"));
  if (goes(last)) expect(last.querySelector(".mark.on[data-mark=now]") !== null, "what is on is marked");
  document.getElementById("jump").click();
  await settle();
  if (goes(last)) {
    // Of several that are on, to the first.
    const isThere = () => [...document.querySelectorAll(".mark.on[data-mark=now]")].some(mark => {
      const place = mark.closest(".at").getBoundingClientRect();
      return place.bottom > 0 && place.top < innerHeight;
    });
    expect(await soon(isThere), "one press leads there");
  }
  const first = Math.min(...[...times].filter(([s]) => goes(s)).map(([, [begins]]) => begins));
  Date.now = () => first - 60000;
  document.getElementById("jump").click();
  await settle();
  expect([...document.querySelectorAll(".mark.on")].every(mark => mark.dataset.mark === "next"), "what comes next is marked");
  expect(document.querySelector(".mark.on") !== null, "something comes next");
  Date.now = () => first - 13 * 3600000;
  document.dispatchEvent(new Event("visibilitychange"));
  expect(document.querySelector(".mark.on") === null, "nothing is next the day before");
  Date.now = () => Math.max(...[...times.values()].map(([, ends]) => ends)) + 60000;
  document.getElementById("jump").click();
  expect(document.getElementById("said").textContent !== "", "after the end, that is said");
  Date.now = real;
  document.dispatchEvent(new Event("visibilitychange"));
  expect(document.querySelector(".mark.on") === null, "marks go");
  // The reader is in Auckland.
  const own = form.elements.own;
  expect(own.checkVisibility(), "one's own time zone is offered");
  const began = performance.now();
  own.click();
  took = Math.max(took, performance.now() - began);
  expect(document.querySelectorAll(".own").length === sessions.length, "each session has its time here, too");
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Auckland", hour: "2-digit", minute: "2-digit" });
  expect(sessions.every(s => s.querySelector(".own").textContent.endsWith("–" + clock.format(times.get(s)[1]))), "and it is right");
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Auckland", year: "numeric", month: "2-digit", day: "2-digit" });
  expect(sessions.every(s => /^[0-9]{2}:/.test(s.querySelector(".own").textContent)
    === (date.format(times.get(s)[0]) === s.closest(".at").querySelector("time").dateTime.slice(0, 10))), "with its day, if that is another one");
  // Start before end, as the page is read.
  const runs = text => {
    const at = (from, to) => {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, to);
      return range.getBoundingClientRect().left;
    };
    const length = text.textContent.trimEnd().length;
    return Math.sign(at(length - 1, length) - at(0, 1));
  };
  const seen = sessions.find(s => s.checkVisibility() && /^[0-9]{2}:[0-9]{2}–[0-9]{2}:[0-9]{2}$/.test(s.querySelector(".own").textContent)
    && s.querySelector(".own").getClientRects().length === 1);
  if (seen) expect(runs(seen.querySelector(".own").firstChild) === (document.documentElement.dir === "rtl" ? -1 : 1),
    "one's own time runs as the page does");
  own.click();
  expect(document.querySelector(".own") === null, "it goes again");
  const languages = form.elements.language;
  if (languages) {
    const tags = [...languages.options].map(option => option.value).filter(value => value !== "");
    for (const tag of tags) {
      await set("language", tag);
      const seen = [...document.querySelectorAll("h1.m, h4 .m, h2 .m")].filter(element => element.checkVisibility());
      expect(seen.every(element => [...element.children].filter(child => child.checkVisibility()).length === 1),
        "one language is shown at a time");
      expect(seen.every(element => ![...element.children].some(child => child.lang === tag)
        || [...element.children].find(child => child.checkVisibility()).lang === tag), "and it is " + tag);
    }
    await set("language", "");
  }
  for (const details of [...document.querySelectorAll("details")].slice(0, 60)) details.open = true;
  await settle();
  history.replaceState(null, "", location.pathname);
  // Where no heading that stays in sight lies over anything.
  scrollTo(0, 0);
  await settle();
  return { wrong, took };
})()"""

# The search of other long pages.
FIND = """(async () => {
  const wrong = [];
  const form = document.getElementById("find");
  const expect = (holds, what) => { if (!holds) wrong.push(what); };
  const items = [...document.querySelectorAll("main tbody tr, main .statement, main .index > li")];
  const shown = () => items.filter(item => item.checkVisibility());
  const set = text => { form.elements.q.value = text; form.elements.q.dispatchEvent(new Event("input", { bubbles: true })); };
  const plain = text => text.normalize("NFKD").replace(/[\\u0300-\\u036f]/g, "").toUpperCase();
  expect(form.hidden === false, "the search is there");
  const last = items.filter(item => item.textContent.trim() !== "").at(-1);
  const word = last.textContent.trim().split(/\\s+/)[0];
  set(plain(word));
  expect(shown().includes(last), "a search finds " + word);
  expect(shown().length === items.length
    || document.getElementById("count").textContent.includes(shown().length + " / " + items.length), "their number is told");
  set("no such word anywhere");
  expect(shown().length === 0 && !document.getElementById("nothing").hidden, "a search finds nothing else, and says so");
  expect([...document.querySelectorAll("main table")].every(table => !table.querySelector("tbody tr") || !table.checkVisibility()),
    "no empty table is left");
  const target = items.find(item => item.id !== "");
  if (target) {
    location.hash = "#" + target.id;
    await new Promise(done => setTimeout(done, 100));
    expect(target.checkVisibility(), "a link leads to what was not shown");
    history.replaceState(null, "", location.pathname);
    set("no such word anywhere");
  }
  form.querySelector("[type=reset]").click();
  await new Promise(done => setTimeout(done, 100));
  expect(shown().length === items.length, "everything is shown again at a press");
  return wrong;
})()"""

# What somebody must hit with a finger, and is too small for that: below 24 px (WCAG 2.2, 2.5.8). Links in sentences are not meant.
SMALL = """window.small = () => [...document.querySelectorAll("a, button, select, summary, label:has(input), input:not(label input)")]
  // Of a large page, some from everywhere.
  .filter((_, index, all) => index % Math.ceil(all.length / 250) === 0)
  // What only screen readers and the keyboard meet is not hit.
  .filter(element => element.checkVisibility() && getComputedStyle(element).clipPath === "none" && !element.matches("details p a, details li a, .skip, main > p a, header p:not(.facts) a"))
  .map(element => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < 23.9 || box.width < 23.9))
  .map(([name, box]) => [name, `${Math.round(box.width)} × ${Math.round(box.height)}`]).slice(0, 5);"""

# The start that its group states, and the end that its row in the grid has. A test in Swift compares those with the program.
TIMES = """window.timesOf = session => {
  const days = [...document.querySelectorAll(".day")], facts = JSON.parse(document.getElementById("facts").textContent);
  const row = [...session.classList].find(name => /^e[0-9]+$/.test(name));
  return [Date.parse(session.closest(".at").querySelector("time").dateTime),
    facts.times[days.indexOf(session.closest(".day"))][row.slice(1) - 2] * 60000];
};"""

# Header, contents and footer begin and end in one line.
CROOKED = """(() => {
  const main = document.querySelector("main").getBoundingClientRect();
  return [...document.querySelectorAll("header, nav, form, footer, .view, main > section")].filter(part => part.checkVisibility())
    .map(part => [part.outerHTML.slice(0, 60), part.getBoundingClientRect()])
    .filter(([, box]) => Math.abs(box.left - main.left) > 1 || Math.abs(box.right - main.right) > 1)
    .map(([name, box]) => `${name}: ${box.left}–${box.right}, main: ${main.left}–${main.right}`);
})()"""


def unpacked(text, length):
    """The bytes that a page's signs stand for, two for each thirteen bits (CompressedText.swift)."""
    values = {sign: value for value, sign in enumerate(sign for sign in map(chr, range(33, 127)) if sign not in "&<>")}
    unpacked, bits, held = bytearray(), 0, 0
    for low, high in zip(text[::2], text[1::2]):
        bits |= values[low] + 91 * values[high] << held
        held += 13
        while held > 7:
            unpacked.append(bits & 255)
            bits >>= 8
            held -= 8
    return bytes(unpacked[:length])


def calendar(browser, folder):
    """Stars the first and the last session, and reads the calendar file that the page makes of them."""
    browser("Browser.setDownloadBehavior", behavior="allow", downloadPath=folder, eventsEnabled=True)
    wanted = browser.run("""(() => {
      const sessions = [...document.querySelectorAll("article[id^=session-]")];
      const name = s => s.id.slice(8).split(".")[0];
      const chosen = new Set([sessions[0], sessions[sessions.length - 1]].map(name));
      for (const star of document.querySelectorAll(".star[aria-pressed=true]")) star.click();
      for (const s of sessions) {
        const star = s.querySelector(".star");
        if (chosen.has(name(s)) && star.getAttribute("aria-pressed") === "false") star.click();
      }
      document.getElementById("calendar").click();
      const uids = JSON.parse(document.getElementById("facts").textContent).uids;
      const venueOf = s => {
        const row = document.getElementById(s.querySelector(".when > a").hash.slice(1));
        const cell = row.cells.length > 2 ? row.cells[1] : null;
        return ((cell?.querySelector(".m > *") ?? cell?.firstChild)?.textContent ?? "").trim();
      };
      return sessions.map((s, index) => ({ uid: uids[index], chosen: chosen.has(name(s)),
        cancelled: s.classList.contains("cancelled"), venue: venueOf(s),
        begins: timesOf(s)[0] / 1000, ends: timesOf(s)[1] / 1000,
        links: [...s.querySelectorAll(":scope > details a:not([href^='#'])")].map(link => link.getAttribute("href")),
        about: (sessions.find(first => name(first) === name(s)).querySelector(".about p")?.firstChild.textContent ?? "").trim(),
        others: [...s.querySelectorAll(":scope > details .m > :not(:first-child)"),
          ...document.querySelectorAll("tr[id^=room-] td:nth-child(2) .m > :not(:first-child)")]
          .map(other => other.textContent.trim()).filter(text => text.length > 3),
        title: s.querySelector("h4").textContent })).filter(s => s.chosen);
    })()""")
    for session in wanted:
        # A UUID is stored as its bytes.
        if session["uid"].endswith("=="):
            session["uid"] = str(uuid.UUID(bytes=base64.b64decode(session["uid"])))
    while browser.until("Browser.downloadProgress")["state"] != "completed":
        pass
    file, = pathlib.Path(folder).glob("*.ics")
    data = file.read_bytes()
    file.unlink()
    found = []
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        found.append("a line is too long")
    entries = {str(entry["UID"]): entry for entry in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    if entries.keys() != {session["uid"] for session in wanted}:
        found.append(f"the calendar has {sorted(entries)}, not {wanted}")
        return found
    for session in wanted:
        entry = entries[session["uid"]]
        times = [entry.decoded(key).timestamp() for key in ("DTSTART", "DTEND")]
        if times != [session["begins"], session["ends"]]:
            found.append(f"{session['title']} is at {times} in the calendar")
        for text in [str(entry.get("LOCATION", "")), str(entry.get("DESCRIPTION", ""))]:
            # Text of other languages of the page, which readers did not choose.
            found += [f"{session['title']} says {other} in the calendar" for other in session["others"] if other in text]
        for address in session["links"]:
            if address not in str(entry.get("DESCRIPTION", "")):
                found.append(f"{session['title']} lacks {address} in the calendar")
        if session["about"] and session["about"] not in str(entry.get("DESCRIPTION", "")):
            found.append(f"{session['title']} lacks {session['about']} in the calendar: {entry.get('DESCRIPTION')}")
        if session["venue"] not in str(entry.get("LOCATION", "")):
            found.append(f"{session['title']} is not at {session['venue']} in the calendar: {entry.get('LOCATION')}")
        if (entry.get("STATUS") == "CANCELLED") != session["cancelled"]:
            found.append(f"{session['title']} is {entry.get('STATUS')} in the calendar")
        if str(entry["SUMMARY"]).replace(" ", "")[:6] != session["title"].strip().replace(" ", "")[:6]:
            found.append(f"{session['title']} is called {entry['SUMMARY']} in the calendar")
        for key in ("DTSTAMP", "LOCATION", "STATUS", "SEQUENCE"):
            if key not in entry:
                found.append(f"{session['title']} has no {key} in the calendar")
    return found


def main(program, page, pictures=None):
    findings, measured = [], {}
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(program, profile)
        target = browser("Target.createTarget", url="about:blank")["targetId"]
        browser.session = browser("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            browser(domain + ".enable")
        version = browser("Browser.getVersion")["product"]
        browser("Emulation.setTimezoneOverride", timezoneId="Pacific/Auckland")
        cases = [(360, "light"), (360, "dark"), (800, "light"), (1400, "light"), (1400, "dark")]
        text = pathlib.Path(page).read_text()
        large = text.count("<article ") > 200
        compressed = re.search(r'id="compressed" data-length="(\d+)">([^<]+)', text)
        cards = re.findall("<article .*?</article>", text, re.DOTALL)
        if compressed:
            cards += zlib.decompress(unpacked(compressed[2], int(compressed[1]))).decode().split("\1")[:len(cards)]
        signs = [word for word in ("R&D", "<live>", "\"so-called\"") if html.escape(word) in "".join(cards)]
        if large:
            # The rest is the same in a small one, and axe-core takes minutes for so many elements.
            cases = [(360, "light"), (1400, "dark")]
        for width, scheme in cases:
            case = f"{width} px, {scheme}"
            browser("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 600)
            browser("Emulation.setEmulatedMedia", media="screen", features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser("Page.navigate", url=pathlib.Path(page).resolve().as_uri())
            browser.until("Page.loadEventFired")

            def look(when):
                violations = [] if large else browser.run(AXE + """;axe.run(document, { resultTypes: ["violations"],
                  rules: { "target-size": { enabled: true } } })""")["violations"]
                for violation in violations:
                    node = violation["nodes"][0]
                    findings.append(f"{case}, {when}: {violation['id']} ×{len(violation['nodes'])}: {violation['help']}: "
                                    f"{node['html'][:200]} {node.get('failureSummary', '')[:300]}")
                wide = browser.run("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    findings.append(f"{case}, {when}: {wide} px too wide")
                findings.extend(f"{case}, {when}: out of line: {part}" for part in browser.run(CROOKED))
                for name, size in browser.run(SMALL + "small()"):
                    findings.append(f"{case}, {when}: only {size} px: {name}")
                if pictures:
                    shot = browser("Page.captureScreenshot", format="png")["data"]
                    name = f"{width}-{scheme}-{when.replace(' ', '-')}.png"
                    pathlib.Path(pictures, name).write_bytes(base64.b64decode(shot))

            look("as it opens")
            if browser.run("document.getElementById('find') !== null"):
                findings += [f"{case}: it is not so that {what}" for what in browser.run(FIND)]
                look("in use")
            if browser.run("document.getElementById('filters') !== null"):
                given = f"var LARGE = {json.dumps(large)}, SIGNS = {json.dumps(signs)};"
                steps = browser.run(SMALL + TIMES + given + STEPS)
                findings += [f"{case}: it is not so that {what}" for what in steps["wrong"]]
                measured[f"slowest filter, {case}"] = round(steps["took"])
                look("in use")
                findings += [f"{case}: {fault}" for fault in calendar(browser, profile)]
                browser.run("localStorage.clear(); document.getElementById('view-grid').click()")
                look("as a grid")
        browser("Emulation.clearDeviceMetricsOverride")
        browser("Emulation.setEmulatedMedia", media="print", features=[])
        if browser.run("document.querySelector('form')?.checkVisibility() ?? false"):
            findings.append("the filters are printed")
        if browser.run("""(() => {
          document.documentElement.toggleAttribute("data-part", document.getElementById("filters") !== null);
          const lists = [...document.querySelectorAll("[data-part] main > section:not(.day)")];
          const printed = lists.some(list => list.checkVisibility());
          document.documentElement.removeAttribute("data-part");
          return printed;
        })()"""):
            findings.append("the lists are printed with a part of the program")
        if pictures:
            browser("Emulation.setEmulatedMedia", media="", features=[])
            data = browser("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)["data"]
            pathlib.Path(pictures, "print.pdf").write_bytes(base64.b64decode(data))
        for event in browser.events:
            parameters = event.get("params", {})
            url = parameters.get("request", {}).get("url", "")
            if event["method"] == "Network.requestWillBeSent" and not url.startswith(ALLOWED):
                findings.append(f"asked for {url}")
            if event["method"] == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
                findings.append(parameters["entry"]["text"])
            if event["method"] == "Runtime.exceptionThrown":
                findings.append(parameters["exceptionDetails"].get("exception", {}).get("description", "an exception"))
        browser.end()
    print(json.dumps({"browser": version, "findings": findings, "measured": measured}, ensure_ascii=False, indent=1))


main(*sys.argv[1:])
