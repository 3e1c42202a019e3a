/**
 * Characters that no list of ours needs and that do harm: control characters (a NUL is refused by the database, others
 * break exports), invisible and direction marks (two texts that look alike differ), and halves of surrogate pairs.
 */
const HARMFUL = /(?![\n\t])\p{Cc}|\p{Cf}|\p{Cs}|[\ufffe\uffff]/gu

/** The text without harmful characters, line ends as \n, outer blanks cut. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(HARMFUL, '')
    .trim()
}

/** Full-width letters, digits and signs as their narrow twins: 　１２５．３８　→ 125.38. */
export function narrowText(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .replaceAll('\u00a0', ' ')
}

/** The text as it is compared: narrow, lower case, without blanks and without the punctuation that people vary. */
export function comparableText(text: string): string {
  return narrowText(text)
    .toLowerCase()
    .replace(/[\s"'“”‘’、，,。.．:：;；/／\\|·•\-—–_()[\]【】《》<>*#]/g, '')
}

/** At most so many characters, with a mark where it was cut. */
export function shortenText(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}
