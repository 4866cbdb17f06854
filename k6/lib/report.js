/** What is shown at the end of a run, and kept in results/ as text, JSON and HTML. */
import { parts } from './profiles.js';
import { ROUTES } from './thresholds.js';

const RESULTS = __ENV.RESULTS || import.meta.resolve('../results').replace('file://', '');

export function summary(data, profile) {
  const result = resultOf(data, profile);
  const file = `${RESULTS}/${result.at.slice(0, 19).replace(/:/g, '-')}-${profile}`;
  const text = asText(result);
  return {
    stdout: `\n${text}\n${file}.html\n`,
    [`${file}.txt`]: text,
    [`${file}.json`]: JSON.stringify({ ...result, metrics: data.metrics }, null, 2),
    [`${file}.html`]: asHtml(result),
  };
}

function resultOf(data, profile) {
  const metrics = data.metrics;
  const value = (name, of = 'count') => (metrics[name] ? metrics[name].values[of] || 0 : 0);
  const thresholds = Object.entries(metrics)
    .flatMap(([metric, { thresholds }]) =>
      Object.entries(thresholds || {}).map(([bound, { ok }]) => ({ metric, bound, ok })),
    )
    .sort((one, other) => (one.metric < other.metric ? -1 : 1));
  return {
    profile,
    at: new Date().toISOString(),
    passed: thresholds.every(({ ok }) => ok),
    durations: [
      ['all requests', 'http_req_duration{phase:load}'],
      ['operations with their retries', 'operation_duration{phase:load}'],
      ...parts.map((part) => [`all requests, ${part}`, `http_req_duration{part:${part}}`]),
      ...ROUTES.map((route) => [route, `http_req_duration{phase:load,name:${route}}`]),
    ]
      .filter(([, metric]) => value(metric) > 0)
      .map(([what, metric]) => ({ what, ...metrics[metric].values })),
    counts: [
      ['operations confirmed', value('operations_confirmed')],
      ['of these not audited', value('operations_unaudited')],
      ['operations given up', value('operation_failed{phase:load}', 'passes')],
      ['retries', value('retries')],
      ...parts.map((part) => [
        `refused or not answered, ${part}`,
        percent(value(`http_req_failed{part:${part}}`, 'rate')),
      ]),
      ['answers that should not be', value('unexpected_answers')],
      ['requests not made for want of a virtual user', value('dropped_iterations')],
      ['reads that showed all that was confirmed', percent(value('reads_current', 'rate'))],
    ],
    audit: [
      ['carts compared, at each instance', value('audit_carts_compared')],
      ['lines lost', value('audit_lost')],
      ['lines doubled', value('audit_doubled')],
      ['lines resurfaced', value('audit_resurfaced')],
      ['not read', value('audit_unread')],
      ['read again, since the first read differed', value('audit_read_again')],
    ],
    thresholds,
  };
}

function percent(share) {
  return `${(share * 100).toFixed(3)} %`;
}

const COLUMNS = ['count', 'med', 'p(95)', 'p(99)', 'p(99.9)', 'max'];

function cells(durations) {
  return COLUMNS.map((column) => (column === 'count' ? `${durations.count}` : durations[column].toFixed(1)));
}

function asText({ profile, at, passed, durations, counts, audit, thresholds }) {
  const rows = (pairs) => pairs.map(([what, number]) => `  ${what.padEnd(46)}${String(number).padStart(10)}`);
  return [
    `Dynamo Cart, profile ${profile}, ${at}: ${passed ? 'PASSED' : 'FAILED'}`,
    '',
    `  ${'milliseconds, once warm'.padEnd(34)}${COLUMNS.map((column) => column.padStart(10)).join('')}`,
    ...durations.map((row) => `  ${row.what.padEnd(34)}${cells(row).map((cell) => cell.padStart(10)).join('')}`),
    '',
    ...rows(counts),
    '',
    '  the audit',
    ...rows(audit),
    '',
    ...thresholds.map(({ metric, bound, ok }) => `  ${ok ? 'ok  ' : 'FAIL'}  ${metric}: ${bound}`),
    '',
  ].join('\n');
}

function asHtml({ profile, at, passed, durations, counts, audit, thresholds }) {
  const row = (values, tag = 'td') => `<tr>${values.map((each) => `<${tag}>${each}</${tag}>`).join('')}</tr>`;
  const table = (...rows) => `<table>${rows.join('')}</table>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Dynamo Cart: ${profile}</title><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .8rem; border-bottom: 1px solid #ddd; text-align: right; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.failed { color: #b00020; } .passed { color: #1b6e2d; }
</style></head><body>
<h1>Profile ${profile}: <span class="${passed ? 'passed">passed' : 'failed">failed'}</span></h1>
<p>${at}</p>
<h2>Milliseconds, once warm</h2>
${table(row(['', ...COLUMNS], 'th'), ...durations.map((each) => row([each.what, ...cells(each)])))}
<h2>Operations</h2>
${table(...counts.map((pair) => row(pair)))}
<h2>Audit</h2>
${table(...audit.map((pair) => row(pair)))}
<h2>Thresholds</h2>
${table(...thresholds.map(({ metric, bound, ok }) => row([metric, bound.replace('<', '&lt;'), ok ? 'ok' : '<b>failed</b>'])))}
</body></html>
`;
}
