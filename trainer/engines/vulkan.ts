/**
 * A Vulkan driver for WebGPU in Node where there is no graphics card: Mesa's lavapipe, or else the SwiftShader inside Chromium's folder,
 * with the loader beside it, which is ten times as slow. They must be in the environment before the process starts. Who names a driver
 * in VK_DRIVER_FILES keeps it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Mesa lists its drivers: `lvp_icd.json`, or with the processor in the name. */
const DRIVERS = '/usr/share/vulkan/icd.d';
/** Vulkan 1.4, as major × 100 + minor. Dawn refuses the lavapipe of Mesa 22.3, which has 1.3, and takes that of 25.0, which has 1.4. */
const LAVAPIPE_VULKAN = 104;

const CHROMIUM_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** Where a machine with a graphics card has its Vulkan loader. */
const LOADERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'].map((folder) =>
  join(folder, 'libvulkan.so.1'),
);

/** Whether Dawn would find Vulkan here; where it doesn't, it says so at length. Elsewhere than on Linux it uses what the system has. */
export function hasVulkan(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['VK_DRIVER_FILES']) || LOADERS.some((path) => existsSync(path));
}

/** What the environment needs for a software driver; empty where a driver is named already, or neither is here. */
export function softwareVulkan(): Record<string, string> {
  if (process.env['VK_DRIVER_FILES']) return {};
  const lavapipe = findLavapipe(DRIVERS);
  if (lavapipe) return named(lavapipe);
  const folder = CHROMIUM_FOLDERS.find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')));
  if (!folder) return {};
  const libraries = [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(':');
  return { ...named(join(folder, 'vk_swiftshader_icd.json')), LD_LIBRARY_PATH: libraries };
}

/** Lavapipe's entry in a folder of Vulkan drivers; null where there is none, or one too old for Dawn. */
export function findLavapipe(drivers: string): string | null {
  if (!existsSync(drivers)) return null;
  const entry = readdirSync(drivers).find((name) => /^lvp_icd.*\.json$/.test(name));
  if (!entry) return null;
  const path = join(drivers, entry);
  const [, major, minor] = /"api_version":\s*"(\d+)\.(\d+)/.exec(readFileSync(path, 'utf8')) ?? [];
  return Number(major) * 100 + Number(minor) >= LAVAPIPE_VULKAN ? path : null;
}

/** The loader reads the first name, older ones the second. */
function named(driver: string): Record<string, string> {
  return { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver };
}

/**
 * Runs this very command once more with the software driver in its environment, where the machine has no Vulkan of its own. Returns the
 * exit code, or null where there is nothing to be gained and the command should go on in this process.
 */
export function rerunWithSoftwareVulkan(): number | null {
  const environment = softwareVulkan();
  if (hasVulkan() || Object.keys(environment).length === 0) return null;
  const command = [...process.execArgv, ...process.argv.slice(1)];
  return spawnSync(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...environment } }).status ?? 1;
}
