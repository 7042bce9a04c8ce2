"""Pages as sites print them, with posts as their articles: what stands around an article is written for this project.

Four kinds, in turns: a feed's item, a page with menus and scripts, a page that is one form, and mail laid out by tables.
"""

import html
import re


def paragraphs(post):
    return [text for text in post["content"].split("\n\n") if text.strip()]


def marked(text, number):
    """A paragraph with the inline markup that editors use."""
    text = html.escape(text, quote=number % 2 == 0).replace("’", "&rsquo;" if number % 3 else "&#8217;").replace("—", "&mdash;")
    words = re.split(r"(?<=\w) (?=\w)", text, maxsplit=6)
    if len(words) > 6 and ";" not in words[3]:
        words[3] = f'<a href="https://example.com/?a=1&amp;b={number}" title="more > less">{words[3]}</a>'
        words[5] = f"<strong>{words[5]}</strong>" if ";" not in words[5] else words[5]
    return " ".join(words)


def body(post):
    return "\n".join(f"<p>{marked(text, number)}</p>" for number, text in enumerate(paragraphs(post)))


def item(post):
    return f"""{body(post)}
<p><img class="alignnone wp-image-1" src="https://example.com/a.jpg" alt="" width="640" height="480" /></p>
<script async src="https://example.com/widgets.js" charset="utf-8"></script>"""


def page(post):
    title = html.escape(post["title"])
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Example</title>
<style>.nav > li {{ color: #333 }} @media (max-width: 600px) {{ .nav {{ display: none }} }}</style>
<script>window.dataLayer = window.dataLayer || []; if (1 < 2) {{ dataLayer.push({{"a": "<p>x</p>"}}); }}</script>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Home"}}</script></head>
<body class="post"><nav><ul><li><a href="/">Home</a></li><li><a href="/topics">Topics</a></li><li><a href="/about">About us</a></li></ul></nav>
<form action="/search"><label for="q">Search this site</label><input id="q" name="q"><button>Search</button></form>
<main><article><h1>{title}</h1>
{body(post)}
</article></main><div style="display: none">Subscribe to our letter</div>
<noscript><img src="https://example.com/pixel" alt="">Please enable scripts</noscript><!-- cached --></body></html>"""


def form(post):
    return f"""<html><head><title>x</title></head><body><form method="post" action="./" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY1=" /><div id="content"><div class="text">
{body(post)}
</div></div><input type="submit" value="Send"><select><option>English<option>Français</select></form></body></html>"""


def mail(post):
    rows = "".join(f"<tr><td>{marked(text, number)}</td></tr>" for number, text in enumerate(paragraphs(post)))
    return f"""<html><body><div style="display:none;max-height:0">Preheader of the letter</div><center>
<table width="100%" role="presentation"><tr><td align="center"><table width="600"><tbody>{rows}</tbody></table></td></tr></table>
</center></body></html>"""


def of(posts):
    kinds = [item, page, form, mail]
    return [kinds[number % len(kinds)](post) for number, post in enumerate(posts)]
