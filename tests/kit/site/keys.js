// What can be done without a mouse: search, colours, contents, what scrolls.
async function check([page]) {
    const {document, KeyboardEvent, innerWidth} = await show(page);
    const press = (key, target = document.activeElement) =>
        target.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    const field = document.getElementById("search-words"),
        found = document.getElementById("search-found");

    press("/", document.body);
    if (document.activeElement !== field) wrong("/ does not lead to the search");
    field.value = "refused";
    field.dispatchEvent(new document.defaultView.Event("input", {bubbles: true}));
    await until(() => found.querySelector("a"));
    press("ArrowDown");
    if (document.activeElement !== found.querySelector("a")) wrong("the arrow does not lead to the first result");
    press("ArrowUp");
    if (document.activeElement !== field) wrong("the arrow does not lead back");
    press("Escape");
    if (!found.hidden) wrong("Escape does not close the results");

    const dark = document.getElementById("dark"),
        html = document.documentElement,
        before = html.className;
    dark.focus();
    if (document.activeElement !== dark || dark.tagName !== "BUTTON") wrong("the button for dark colours is no button");
    dark.click();
    if (html.className === before || dark.getAttribute("aria-pressed") !== String(html.classList.contains("dark-mode")))
        wrong("the colours stay");
    dark.click();

    if (document.querySelector("a, button, input").className !== "skip")
        wrong("the first stop is not the link to the text");
    for (const part of document.querySelectorAll(".fragment, .scrolls"))
        if (part.scrollWidth > part.clientWidth && part.tabIndex !== 0) wrong("a part that scrolls cannot be reached");
    if (innerWidth !== 1280) wrong(`the width is ${innerWidth}`);
    say("tried");
}
