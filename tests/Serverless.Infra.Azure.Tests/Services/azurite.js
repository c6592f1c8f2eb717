// Runs Azurite for as long as the standard input is open, so that it ends with the tests however they end.
// Arguments: the folder of node_modules, then Azurite's own.
'use strict';
const [, , modules, ...rest] = process.argv;
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.argv = [process.argv[0], 'azurite', ...rest];
require(require('path').join(modules, 'azurite', 'dist', 'src', 'azurite.js'));
