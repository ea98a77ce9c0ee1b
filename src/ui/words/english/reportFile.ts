/** What stands on a report's files; what machines read of it is the same in every language. */
export { englishReport as reportFile } from '../../../report/words.ts';
