/** The command line's process: `npm run -s plumbline -- <command>`. */
import { runCommandLine } from './commandLine.ts';
import { rerunWithSoftwareVulkan } from './engines/vulkan.ts';

const args = process.argv.slice(2);
const rerun = args.includes('webgpu') ? rerunWithSoftwareVulkan() : null;
// Engines keep native threads and devices open.
process.exit(rerun ?? (await runCommandLine(args)));
