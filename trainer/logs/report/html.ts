/** HTML in template literals: what is put in is escaped, unless it is HTML itself. */

class Html {
  constructor(readonly source: string) {}
}
export type { Html };

type Content = Html | string | number | null | readonly Content[];

export function html(parts: TemplateStringsArray, ...contents: Content[]): Html {
  return new Html(parts.reduce((source, part, index) => source + render(contents[index - 1] ?? '') + part));
}

/** Text that is HTML already, from a file of ours. */
export function trusted(source: string): Html {
  return new Html(source);
}

function render(content: Content): string {
  if (content instanceof Html) return content.source;
  if (content === null) return '';
  if (typeof content === 'object') return content.map(render).join('');
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
