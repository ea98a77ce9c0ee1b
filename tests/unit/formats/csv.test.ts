import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../src/formats/csv.ts';

describe('toCsv', () => {
  it('separates by commas and ends every line with CR LF', () => {
    expect(
      toCsv([
        ['file', 'p'],
        ['a.mp4', 0.25],
      ]),
    ).toBe('file,p\r\na.mp4,0.25\r\n');
    expect(toCsv([])).toBe('');
  });

  it('quotes what would break the line, and doubles quotes', () => {
    expect(toCsv([['a,b', 'say "so"', 'two\nlines', ' edge ']])).toBe('"a,b","say ""so""","two\nlines"," edge "\r\n');
  });

  it('writes numbers, booleans and nothing as they are', () => {
    expect(toCsv([[-1.5, 1e21, true, null, NaN, Infinity, '']])).toBe('-1.5,1e+21,true,,,,\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', "'\t=1"],
    ['\r', `"'\r"`],
    ['\n=cmd', `"'\n=cmd"`],
    ['\0=1', "'\0=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http")', `"'=HYPERLINK(""http"")"`],
    ['=a,b', `"'=a,b"`],
  ])('takes the formula out of %j', (cell, expected) => {
    expect(toCsv([[cell]])).toBe(`${expected}\r\n`);
  });

  it('leaves harmless text alone', () => {
    expect(toCsv([['a=b', '1-2', "it's", '步态.mp4']])).toBe("a=b,1-2,it's,步态.mp4\r\n");
  });

  it('can begin with a byte order mark', () => {
    expect(toCsv([['é']], { byteOrderMark: true })).toBe('\ufeffé\r\n');
  });
});
