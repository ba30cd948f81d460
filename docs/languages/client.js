const client = require("dgram").createSocket("udp4");
const deadline = setTimeout(() => { console.log("no answer"); client.close(); }, 2000);

client.on("error", error => { console.log(error.message); clearTimeout(deadline); client.close(); });
client.on("message", reply => { console.log(reply.toString()); clearTimeout(deadline); client.close(); });
client.connect(43211, "127.0.0.1", () => client.send("hello"));
