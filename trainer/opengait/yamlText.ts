/**
 * YAML that PyYAML reads as what it says. It keeps to YAML 1.1, where `no` is false and `1:30` is ninety, so strings like those are quoted;
 * and it takes 1e-8 for a string, so numbers with an exponent get a point: 1.0e-8.
 */
import { Document, isMap, isScalar, isSeq, Scalar, visit } from 'yaml';

/** What PyYAML refuses to read, or takes for a line's end, unless it is escaped. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/** Sections with their values; lists of numbers on one line. @param comments by the path of a key, e.g. `trainer_cfg.total_iter` */
export function yamlText(value: Readonly<Record<string, unknown>>, comments: ReadonlyMap<string, string>): string {
  const document = new Document(value, {
    version: '1.1',
    aliasDuplicateObjects: false,
    customTags: (tags) => [pointedFloat, ...tags],
  });
  visit(document, {
    Seq(_, list) {
      if (list.items.every(isScalar)) list.flow = true;
    },
    Scalar(key, scalar) {
      if (key === 'value' && typeof scalar.value === 'string' && !/^[\w./-]+$/.test(scalar.value))
        scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  for (const [path, comment] of comments) placeComment(document, path.split('.'), comment);
  const text = document.toString({ lineWidth: 0, directives: false });
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const pointedFloat = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value: unknown) => typeof value === 'number' && /^-?\d+e/.test(String(value)),
  test: /^$/,
  resolve: Number,
  stringify: ({ value }: { value: unknown }) => String(value).replace('e', '.0e'),
} as const;

/** Above the key at the end of the path; a number in it counts along a list. Throws where there is no such key. */
function placeComment(document: Document, path: readonly string[], comment: string): void {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  const key = isMap(parent) ? parent.items.find(({ key: name }) => isScalar(name) && name.value === last)?.key : undefined;
  const place = isSeq(parent) ? parent.items[Number(last)] : key;
  if (!isScalar(place) && !isMap(place)) throw new Error(`There is no "${path.join('.')}" to comment on.`);
  place.commentBefore = comment
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
}
