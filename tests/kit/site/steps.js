// Steps through a picture by keyboard, and says what happens at each step and what has changed in the table.
async function check([page, width]) {
    const {document, KeyboardEvent} = await show(page, Number(width));
    const figure = document.querySelector("figure.ladder"),
        panel = figure.querySelector(".steps");
    const press = key =>
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    const later = () => figure.querySelectorAll(".later").length,
        groups = figure.querySelectorAll("[data-step]").length;
    const visible = [".wide", ".narrow"].filter(name => figure.querySelector(name).offsetParent);

    say(`shown: ${visible}`);
    if (later() !== 0) wrong("the picture is not whole at first");
    [...panel.querySelectorAll("button")].find(button => !button.disabled).focus();
    for (;;) {
        press("ArrowRight");
        const says = panel.querySelector(".says").textContent;
        const news = [...panel.querySelectorAll("td.new")].map(cell => {
            const socket = cell.closest("tr").querySelector("th").textContent;
            return ` [${socket}, ${cell.dataset.name}: ${cell.textContent}]`;
        });
        say(says + news.join(""));
        if (later() === groups || !panel.contains(document.activeElement))
            wrong("nothing is shown, or the focus is lost");
        if ([...panel.querySelectorAll("button")].find(button => button.textContent.includes("Next")).disabled) break;
    }
    if (later() !== 0) wrong("something is missing at the last step");
    press("Home");
    if (later() < groups / 2) wrong("Home does not lead to the first step");
    press("Escape");
    if (later() !== 0 || panel.querySelector("table")) wrong("Escape does not show the whole picture");
}
