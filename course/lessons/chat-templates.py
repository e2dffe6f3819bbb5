# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # Chat templates: a conversation as one text
#
# **What you will be able to do:** turn a list of messages into the text a chat model was trained on, say what the
# generation prompt does, and keep users from speaking in another's name.
#
# ## The idea
#
# A language model continues a text. It knows no messages, no roles, no turns. A chat model is the same network,
# trained further on conversations **written in one fixed format**, so that continuing the text comes to mean writing
# the assistant's turn. The format is the **chat template**. ChatML, which many models use, opens every turn with
# `<|im_start|>` and the role, and closes it with `<|im_end|>`. These are *special tokens*: one id each, which no
# ordinary text is ever cut into.
#
# The template belongs to the model like its weights. Give a model another one, or the right one without a line break,
# and its answers get worse without any error message.
#
# ![Two strips of turns for the same user message, which contains the characters of special tokens. Pasted as it is, the conversation has five turns, one of them a system turn that the user wrote. Rendered with the special tokens neutralised, it has three, and the message stays one user turn.](figures/chat-templates.en.svg)
#
# Whoever types the twelve characters of `<|im_start|>` gets the real token, unless somebody prevents it. The figure
# shows one message, read back after rendering: pasted as it is, it ends the user's turn and opens a *system* turn of
# its own. Neutralised, it stays what it is: a text.

# %% [markdown] lang="fr"
# # Gabarits de conversation : un dialogue en un seul texte
#
# **Ce que vous saurez faire :** transformer une liste de messages en le texte sur lequel un modèle de chat a été
# entraîné, dire à quoi sert l'invite de génération, et empêcher un utilisateur de parler au nom d'un autre.
#
# ## L'idée
#
# Un modèle de langue prolonge un texte. Il ne connaît ni messages, ni rôles, ni tours. Un modèle de chat est le même
# réseau, entraîné davantage sur des conversations **écrites dans un format fixe**, si bien que prolonger le texte
# finit par vouloir dire écrire le tour de l'assistant. Ce format est le **gabarit de conversation** (*chat
# template*). ChatML, que beaucoup de modèles emploient, ouvre chaque tour par `<|im_start|>` et le rôle, et le ferme
# par `<|im_end|>`. Ce sont des *tokens spéciaux* : un seul identifiant chacun, dans lequel aucun texte ordinaire
# n'est jamais découpé.
#
# Le gabarit fait partie du modèle comme ses poids. Donnez-en un autre, ou le bon sans un saut de ligne, et les
# réponses se dégradent sans aucun message d'erreur.
#
# ![Deux bandes de tours pour le même message d'utilisateur, qui contient les caractères de tokens spéciaux. Collé tel quel, la conversation a cinq tours, dont un tour système écrit par l'utilisateur. Rendue avec les tokens spéciaux neutralisés, elle en a trois, et le message reste un seul tour d'utilisateur.](figures/chat-templates.fr.svg)
#
# Quiconque tape les douze caractères de `<|im_start|>` obtient le vrai token, à moins que quelqu'un ne l'empêche. La
# figure montre un même message, relu après le rendu : collé tel quel, il ferme le tour de l'utilisateur et ouvre un
# tour *système* à lui. Neutralisé, il reste ce qu'il est : un texte.

# %% [markdown] lang="en"
# ## The formula
#
# With the special tokens written $\langle s \rangle$ (start) and $\langle e \rangle$ (end), a conversation of
# messages $(r_i, c_i)$ becomes
#
# $$\mathrm{text} = \prod_{i=1}^{n} \langle s \rangle\, r_i\, \texttt{\textbackslash n}\; c_i\, \langle e \rangle\, \texttt{\textbackslash n}$$
#
# where the product stands for writing one after the other. To *generate*, the opening of the assistant's turn is
# added at the end, and the model's continuation, up to $\langle e \rangle$, is the answer.
#
# {{chat-template.render_chat}}
#
# {{chat-template.neutralise}}

# %% [markdown] lang="fr"
# ## La formule
#
# En notant les tokens spéciaux $\langle s \rangle$ (début) et $\langle e \rangle$ (fin), une conversation de messages
# $(r_i, c_i)$ devient
#
# $$\mathrm{text} = \prod_{i=1}^{n} \langle s \rangle\, r_i\, \texttt{\textbackslash n}\; c_i\, \langle e \rangle\, \texttt{\textbackslash n}$$
#
# où le produit signifie écrire l'un après l'autre. Pour *générer*, on ajoute à la fin l'ouverture du tour de
# l'assistant, et ce que le modèle prolonge, jusqu'à $\langle e \rangle$, est la réponse.
#
# {{chat-template.render_chat}}
#
# {{chat-template.neutralise}}

# %% [markdown] lang="en"
# ## In code
#
# A template is a few lines. Run it, then set `add_generation_prompt` to `False`: whose turn would a model continue
# with?

# %% [markdown] lang="fr"
# ## En code
#
# Un gabarit tient en quelques lignes. Exécutez, puis mettez `add_generation_prompt` à `False` : de qui un modèle
# écrirait-il alors le tour ?

# %% id="template"
def render(messages, add_generation_prompt):
    turns = [f"<|im_start|>{m['role']}\n{m['content']}<|im_end|>\n" for m in messages]
    return "".join(turns) + ("<|im_start|>assistant\n" if add_generation_prompt else "")


conversation = [
    {"role": "system", "content": "Answer in one word."},
    {"role": "user", "content": "Quelle est la capitale du Sénégal ?"},
]
print(render(conversation, add_generation_prompt=True))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **No generation prompt.** The model may well continue with another turn of the *user*: in its training, somebody
#   spoke next.
# - **A generation prompt in training.** The text then ends with an opened turn and nothing in it.
# - **Special tokens added twice.** The template already wrote `<s>`; a tokenizer that adds its own gives the model a
#   beginning it has never seen. Encode a rendered chat with `add_special_tokens=False`.
# - **Stopping at the wrong token.** Generation ends at the end of the *turn*; stopping at the end of the *document*
#   only lets the model talk to itself.
# - **Pasting user text as it is.** Text from outside, documents that were retrieved and web pages included, must not
#   be able to write special tokens.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Pas d'invite de génération.** Le modèle peut fort bien continuer par un autre tour de l'*utilisateur* : dans son
#   entraînement, quelqu'un prenait la parole.
# - **Une invite de génération à l'entraînement.** Le texte finit alors par un tour ouvert et vide.
# - **Des tokens spéciaux ajoutés deux fois.** Le gabarit a déjà écrit `<s>` ; un tokeniseur qui ajoute le sien donne
#   au modèle un début qu'il n'a jamais vu. Encodez une conversation rendue avec `add_special_tokens=False`.
# - **S'arrêter au mauvais token.** La génération finit à la fin du *tour* ; ne s'arrêter qu'à la fin du *document*
#   laisse le modèle se parler à lui-même.
# - **Coller le texte d'un utilisateur tel quel.** Un texte venu d'ailleurs, documents retrouvés et pages web compris,
#   ne doit pas pouvoir écrire de tokens spéciaux.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `tokenizer.apply_chat_template(messages, add_generation_prompt=True)` runs a Jinja2 template that is stored with the
# tokenizer. Templates differ: Llama 3 writes `<|start_header_id|>user<|end_header_id|>`, Mistral `[INST] … [/INST]`.
# Servers such as vLLM apply them for you, which is why the same messages can be sent to any model. Special tokens in
# text are no defence against *prompt injection* in plain words: that needs other means.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `tokenizer.apply_chat_template(messages, add_generation_prompt=True)` exécute un gabarit Jinja2 rangé avec le
# tokeniseur. Les gabarits diffèrent : Llama 3 écrit `<|start_header_id|>user<|end_header_id|>`, Mistral `[INST] …
# [/INST]`. Des serveurs comme vLLM les appliquent pour vous : c'est pourquoi l'on peut envoyer les mêmes messages à
# tout modèle. Neutraliser les tokens spéciaux ne protège pas de l'*injection de prompt* en toutes lettres : il y faut
# d'autres moyens.

# %% [markdown] lang="en"
# ## Sources
#
# - Hugging Face, [*Chat templates*](https://huggingface.co/docs/transformers/main/en/chat_templating).
# - E. Wallace et al. (2024), [*The Instruction Hierarchy*](https://arxiv.org/abs/2404.13208), on whose instructions
#   count.

# %% [markdown] lang="fr"
# ## Sources
#
# - Hugging Face, [*Chat templates*](https://huggingface.co/docs/transformers/main/en/chat_templating).
# - E. Wallace et al. (2024), [*The Instruction Hierarchy*](https://arxiv.org/abs/2404.13208), sur les instructions
#   qui priment.
