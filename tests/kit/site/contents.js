// The contents of a long page follow the reader, and unfold what is read.
async function check([page, name]) {
    const {document} = await show(page);
    const toc = document.querySelector(".toc"),
        visible = () => [...toc.querySelectorAll("a")].filter(link => link.offsetParent).length;
    const folded = visible();
    if (folded > toc.querySelectorAll("a").length / 2) wrong("the contents are not folded");
    document.getElementById(name).scrollIntoView();
    // The browser's own event waits for a frame.
    document.getElementById("doc-content").dispatchEvent(new document.defaultView.Event("scroll"));
    const current = await until(() =>
        [...toc.querySelectorAll("a[aria-current]")].find(link => link.hash === "#" + name)
    );
    if (!current.offsetParent) wrong("the part that is read is folded");
    const fold = toc.querySelector("li > button[aria-expanded=false]"),
        before = visible();
    fold.click();
    if (visible() <= before) wrong("a part does not unfold");
    say(`follows: ${current.textContent}`);
}
