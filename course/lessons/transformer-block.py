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
# # The Transformer block
#
# **What you will be able to do:** name the parts of a block in order, say what each is for, and place the layer norm
# where today's models have it.
#
# ## The idea
#
# A Transformer is one block, repeated. The block does two things in turn. **Attention** moves information *between*
# tokens: it is the only place where they meet. The **feed-forward network** works on each token *alone*, with the
# same weights for all: it widens the vector, bends it, and narrows it again. Each of the two is wrapped in the same
# way: a **residual connection** adds the result to what came in, so that a block that has learned nothing changes
# nothing and gradients pass straight through; a **layer norm** keeps the size of every vector in hand.
#
# ![Which output tokens depend on which input tokens: for the feed-forward network, each on itself alone; for the whole block, each on all, on itself most; under a causal mask, each on itself and those before.](figures/transformer-block.en.svg)
#
# The figure shows derivatives, computed from the reference implementation. The diagonal is the residual connection;
# the rest comes through attention. Under a causal mask no token depends on the tokens after it: this is what allows a
# decoder to be trained on all its predictions at once.

# %% [markdown] lang="fr"
# # Le bloc Transformer
#
# **Ce que vous saurez faire :** nommer les parties d'un bloc dans l'ordre, dire à quoi sert chacune, et placer la
# normalisation de couche là où l'ont les modèles actuels.
#
# ## L'idée
#
# Un Transformer est un bloc, répété. Le bloc fait deux choses tour à tour. L'**attention** déplace l'information
# *entre* les tokens : c'est le seul endroit où ils se rencontrent. Le **réseau feed-forward** travaille sur chaque
# token *seul*, avec les mêmes poids pour tous : il élargit le vecteur, le plie, puis le rétrécit. Chacun des deux est
# emballé de la même façon : une **connexion résiduelle** ajoute le résultat à ce qui est entré, si bien qu'un bloc
# qui n'a rien appris ne change rien et que le gradient passe tout droit ; une **normalisation de couche** (*layer
# norm*) garde en main la taille de chaque vecteur.
#
# ![Quels tokens de sortie dépendent de quels tokens d'entrée : pour le réseau feed-forward, chacun de lui seul ; pour le bloc entier, chacun de tous, et surtout de lui-même ; sous un masque causal, chacun de lui-même et des précédents.](figures/transformer-block.fr.svg)
#
# La figure montre des dérivées, calculées avec l'implémentation de référence. La diagonale est la connexion
# résiduelle ; le reste passe par l'attention. Sous un masque causal, aucun token ne dépend de ceux qui le suivent :
# c'est ce qui permet d'entraîner un décodeur sur toutes ses prédictions à la fois.

# %% [markdown] lang="en"
# ## The formula
#
# The 2017 block normalises after the sum (*post-norm*); nearly all models since GPT-2 normalise before the sub-layer
# (*pre-norm*):
#
# $$x' = \mathrm{LN}(x + \mathrm{Attention}(x)) \quad y = \mathrm{LN}(x' + \mathrm{FFN}(x')) \qquad \text{or} \qquad x' = x + \mathrm{Attention}(\mathrm{LN}(x)) \quad y = x' + \mathrm{FFN}(\mathrm{LN}(x'))$$
#
# with $\mathrm{FFN}(x) = \max(0, x W_1 + b_1) W_2 + b_2$ and $\mathrm{LN}(x) = \gamma \odot (x - \mu) /
# \sqrt{\sigma^2 + \epsilon} + \beta$ over the last dimension. In pre-norm nothing stands on the way of the residual
# sum: that is why deep stacks train without a warm-up.
#
# {{transformer-block.layer_norm}}
#
# {{transformer-block.feed_forward}}
#
# {{transformer-block.encoder_layer}}

# %% [markdown] lang="fr"
# ## La formule
#
# Le bloc de 2017 normalise après la somme (*post-norm*) ; presque tous les modèles depuis GPT-2 normalisent avant la
# sous-couche (*pre-norm*) :
#
# $$x' = \mathrm{LN}(x + \mathrm{Attention}(x)) \quad y = \mathrm{LN}(x' + \mathrm{FFN}(x')) \qquad \text{ou} \qquad x' = x + \mathrm{Attention}(\mathrm{LN}(x)) \quad y = x' + \mathrm{FFN}(\mathrm{LN}(x'))$$
#
# avec $\mathrm{FFN}(x) = \max(0, x W_1 + b_1) W_2 + b_2$ et $\mathrm{LN}(x) = \gamma \odot (x - \mu) / \sqrt{\sigma^2
# + \epsilon} + \beta$ sur la dernière dimension. En pre-norm, rien ne se dresse sur le chemin de la somme
# résiduelle : c'est pourquoi des piles profondes s'entraînent sans montée progressive du pas d'apprentissage
# (*warm-up*).
#
# {{transformer-block.layer_norm}}
#
# {{transformer-block.feed_forward}}
#
# {{transformer-block.encoder_layer}}

# %% [markdown] lang="en"
# ## In code
#
# Where the parameters of a block are. Two thirds sit in the feed-forward network: much of what a model knows is
# believed to be stored there.

# %% [markdown] lang="fr"
# ## En code
#
# Où sont les paramètres d'un bloc. Les deux tiers sont dans le réseau feed-forward : on pense qu'une grande part de
# ce que sait un modèle y est rangée.

# %% id="parameters"
from torch import nn

d = 768
block = nn.TransformerEncoderLayer(d, nhead=12, dim_feedforward=4 * d, norm_first=True, batch_first=True)
counts = {name: sum(p.numel() for p in part.parameters()) for name, part in block.named_children()}
attention, feed_forward = counts["self_attn"], counts["linear1"] + counts["linear2"]
total = sum(p.numel() for p in block.parameters())
print(f"attention {attention:,}, feed-forward {feed_forward:,}, norms {total - attention - feed_forward:,}")
print(f"share of the feed-forward network: {feed_forward / total:.0%}")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Normalising over the batch.** Layer norm looks at one token's vector at a time; batch norm is another thing.
# - **The unbiased variance, or epsilon outside the root.** Both differ from the definition by little, and by much for
#   short vectors or constant ones.
# - **The residual of the normalised vector.** In pre-norm the sum starts from $x$, not from $\mathrm{LN}(x)$.
# - **The feed-forward network before the residual sum**, or a ReLU after its second layer.
# - **Forgetting the last norm.** A pre-norm stack ends with one more layer norm.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Normaliser sur le lot.** La normalisation de couche regarde le vecteur d'un token à la fois ; la *batch norm*
#   est autre chose.
# - **La variance non biaisée, ou epsilon hors de la racine.** Les deux s'écartent peu de la définition, et beaucoup
#   pour des vecteurs courts ou constants.
# - **La résiduelle du vecteur normalisé.** En pre-norm, la somme part de $x$, et non de $\mathrm{LN}(x)$.
# - **Le réseau feed-forward avant la somme résiduelle**, ou une ReLU après sa seconde couche.
# - **Oublier la dernière normalisation.** Une pile pre-norm se termine par une normalisation de plus.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `torch.nn.TransformerEncoderLayer(norm_first=True)` is this block. Today's language models keep the plan and change
# the parts: RMSNorm for layer norm (no mean, no shift), SwiGLU for the ReLU, rotary positions inside attention for
# sines added to the input, no biases. Read `modeling_llama.py` in `transformers`: you know every line's purpose.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `torch.nn.TransformerEncoderLayer(norm_first=True)` est ce bloc. Les modèles de langue actuels gardent le plan et
# changent les pièces : RMSNorm pour la normalisation de couche (ni moyenne, ni décalage), SwiGLU pour la ReLU,
# positions rotatives dans l'attention au lieu de sinus ajoutés à l'entrée, pas de biais. Lisez `modeling_llama.py`
# dans `transformers` : vous savez à quoi sert chaque ligne.

# %% [markdown] lang="en"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), sections 3.1 and 3.3.
# - J. Ba, J. Kiros, G. Hinton (2016), [*Layer Normalization*](https://arxiv.org/abs/1607.06450).
# - K. He et al. (2015), [*Deep Residual Learning for Image Recognition*](https://arxiv.org/abs/1512.03385).
# - R. Xiong et al. (2020), [*On Layer Normalization in the Transformer
#   Architecture*](https://arxiv.org/abs/2002.04745), ICML.

# %% [markdown] lang="fr"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), sections 3.1 et 3.3.
# - J. Ba, J. Kiros, G. Hinton (2016), [*Layer Normalization*](https://arxiv.org/abs/1607.06450).
# - K. He et al. (2015), [*Deep Residual Learning for Image Recognition*](https://arxiv.org/abs/1512.03385).
# - R. Xiong et al. (2020), [*On Layer Normalization in the Transformer
#   Architecture*](https://arxiv.org/abs/2002.04745), ICML.
