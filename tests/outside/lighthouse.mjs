// Runs Lighthouse on pages, one after the other, in a Chromium that is running already, and prints a line of JSON for each:
//   node lighthouse.mjs PORT '{"onlyCategories": [...]}' ADDRESS...
// It emulates a phone, with Lighthouse's own simulated network and processor.
import lighthouse from "lighthouse";
import { ProtocolSession } from "lighthouse/core/gather/session.js";

// A list with thousands of links takes a slow machine more than the half minute that Lighthouse grants each question.
ProtocolSession.prototype.getNextProtocolTimeout = () => 300_000;
const ATTEMPTS = 3;

const [port, settings, ...addresses] = process.argv.slice(2);
const flags = { port: Number(port), logLevel: "silent", disableFullPageScreenshot: true, ...JSON.parse(settings) };

// A busy machine may miss a picture or a trace: then the page is measured again.
async function measured(address) {
  for (let attempt = 1; ; attempt += 1) {
    const { lhr } = await lighthouse(address, flags);
    const broken = Object.values(lhr.audits).filter(({ scoreDisplayMode }) => scoreDisplayMode === "error");
    const faults = [lhr.runtimeError?.code, ...broken.map(({ id, errorMessage }) => `${id}: ${errorMessage}`)].filter(Boolean);
    if (!faults.length || attempt === ATTEMPTS) return { lhr, faults };
  }
}

for (const address of addresses) {
  const { lhr, faults } = await measured(address);
  const scores = Object.entries(lhr.categories).map(([id, { score }]) => [id, score === null ? null : Math.round(score * 100)]);
  const weighed = Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  const ids = [...new Set(weighed.map(({ id }) => id))];
  const audits = Object.values(lhr.audits).map(({ id, score, numericValue, details }) => [
    id,
    { score, value: numericValue ?? null, items: details?.items ?? [] },
  ]);
  console.log(
    JSON.stringify({
      address,
      faults,
      warnings: lhr.runWarnings,
      scores: Object.fromEntries(scores),
      failed: ids.filter((id) => lhr.audits[id].score !== null && lhr.audits[id].score < 1),
      audits: Object.fromEntries(audits),
    }),
  );
}
