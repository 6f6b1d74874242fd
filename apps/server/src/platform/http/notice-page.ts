/** A page that needs no other file: shown where an app is switched off or not built. The texts are ours, not a caller's. */
export function noticePage(title: string, text: string): string {
  return `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · 安途</title>
    <style>
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f5f7fa; color: #1f2d3d;
        font: 18px/1.7 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
      main { max-width: 32em; padding: 2em; }
      h1 { font-size: 1.5em; margin: 0 0 .5em; }
    </style>
  </head>
  <body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}
