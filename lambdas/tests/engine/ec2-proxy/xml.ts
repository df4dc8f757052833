/** What an answer of EC2's says: texts, structures, and lists, whose entries are called `item`. */
export type XmlValue = string | number | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The inside of an element; what is undefined is left out. */
export function xml(value: XmlValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return String(value).replace(/[&<>"]/g, (character) => escaped[character] ?? '');
  if (isList(value)) return value.map((item) => `<item>${xml(item)}</item>`).join('');
  return Object.entries(value)
    .map(([name, inner]) => (inner === undefined ? '' : `<${name}>${xml(inner)}</${name}>`))
    .join('');
}

const isList = (value: object): value is readonly XmlValue[] => Array.isArray(value);
const namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** A whole answer, as EC2's query protocol has it. */
export const answerXml = (action: string, requestId: string, content: XmlValue): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${action}Response xmlns="${namespace}">` +
  `<requestId>${requestId}</requestId>${xml(content)}</${action}Response>`;

export const errorXml = (code: string, message: string, requestId: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  `<Response><Errors><Error>${xml({ Code: code, Message: message })}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
