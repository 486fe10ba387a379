"""Opens the program's page in Chromium as its readers do, uses it, and has axe-core look at it.

    browse.py CHROMIUM PAGE [PICTURES]

Chromium is spoken to over a pipe, in the Chrome DevTools Protocol. Prints what was found as JSON: a list of findings,
which is empty where all is well, and what was measured. PICTURES is a folder for pictures of the page.
"""
import base64, json, os, pathlib, subprocess, sys, tempfile

import axe_playwright_python

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
                    return
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
  await set("q", "no such word anywhere");
  expect(shown().length === 0, "a search finds nothing else");
  expect(document.getElementById("nothing").hidden === false, "and says so");
  form.querySelector("[type=reset]").click();
  await settle();
  expect(shown().length === sessions.length, "all is shown again at a press");
  expect(location.hash === "", "and the address is bare");
  const star = sessions[0].querySelector(".star");
  star.click();
  expect(star.getAttribute("aria-pressed") === "true", "a star can be given");
  await set("mine", true);
  expect(shown().length > 0 ? shown().every(s => s.id.split(".")[0] === sessions[0].id) : false,
    "one's own program has what was starred");
  const last = sessions[sessions.length - 1];
  location.hash = "#" + last.id;
  await new Promise(done => setTimeout(done, 100));
  expect(shown().includes(last), "a link leads to what was not shown");
  star.click();
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


def main(program, page, pictures=None):
    findings, measured = [], {}
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(program, profile)
        target = browser("Target.createTarget", url="about:blank")["targetId"]
        browser.session = browser("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            browser(domain + ".enable")
        version = browser("Browser.getVersion")["product"]
        for width, scheme in ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")):
            case = f"{width} px, {scheme}"
            browser("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 600)
            browser("Emulation.setEmulatedMedia", media="screen", features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser("Page.navigate", url=pathlib.Path(page).resolve().as_uri())
            browser.until("Page.loadEventFired")

            def look(when):
                browser.run(AXE)
                result = browser.run("""axe.run(document, { resultTypes: ["violations"],
                  rules: { "target-size": { enabled: true } } })""")
                for violation in result["violations"]:
                    node = violation["nodes"][0]
                    findings.append(f"{case}, {when}: {violation['id']} ×{len(violation['nodes'])}: {violation['help']}: "
                                    f"{node['html'][:200]} {node.get('failureSummary', '')[:300]}")
                wide = browser.run("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    findings.append(f"{case}, {when}: {wide} px too wide")
                if pictures:
                    shot = browser("Page.captureScreenshot", format="png")["data"]
                    name = f"{width}-{scheme}-{when.replace(' ', '-')}.png"
                    pathlib.Path(pictures, name).write_bytes(base64.b64decode(shot))

            look("as it opens")
            if browser.run("document.getElementById('filters') !== null"):
                steps = browser.run(STEPS)
                findings += [f"{case}: it is not so that {what}" for what in steps["wrong"]]
                measured[f"slowest filter, {case}"] = round(steps["took"])
                look("in use")
        browser("Emulation.clearDeviceMetricsOverride")
        browser("Emulation.setEmulatedMedia", media="print", features=[])
        if browser.run("document.querySelector('form')?.checkVisibility() ?? false"):
            findings.append("the filters are printed")
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
