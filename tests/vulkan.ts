/**
 * A Vulkan driver for WebGPU in Node where there is no graphics card: the SwiftShader inside Chromium's folder, with the loader
 * beside it. Both must be in the environment before the process starts. Who names a driver in VK_DRIVER_FILES keeps it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const CHROMIUM_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

export function vulkanEnvironment(): Record<string, string> {
  if (process.env['VK_DRIVER_FILES']) return {};
  const folder = CHROMIUM_FOLDERS.find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')));
  if (!folder) return {};
  const driver = join(folder, 'vk_swiftshader_icd.json');
  const libraries = [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(':');
  // The loader reads the first name, older ones the second.
  return { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries };
}
