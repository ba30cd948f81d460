// Types words into the search, and says what is found first: the arguments are the words.
async function check(questions) {
    for (const question of questions) {
        const {document, Event} = await show("index.html");
        const field = document.getElementById("search-words"), found = document.getElementById("search-found");
        field.focus();
        field.value = question;
        field.dispatchEvent(new Event("input", {bubbles: true}));
        await until(() => !found.hidden);
        const first = found.querySelector("a");
        if (!first) { wrong(`${question}: nothing is found`); continue; }
        say(`${question}: ${first.querySelector(".title").textContent} | ${first.getAttribute("href").split("#")[0]}`);
    }
}
